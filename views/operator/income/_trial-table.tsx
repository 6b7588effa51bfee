import { type EndingTrial, endsSoon, leftText } from '#src/operator/income/trials.ts'

/** So many stand here; all of them are in «Negocios». */
const shown = 50

export function TrialTable({ trials, sentence }: { trials: readonly EndingTrial[]; sentence: string }) {
  const soon = trials.filter(endsSoon)
  return (
    <section class="stack" aria-labelledby="pruebas">
      <h2 id="pruebas">Pruebas que terminan</h2>
      <p>{sentence}</p>
      {soon.length > 0 && (
        <div class="table-box">
          <table class="table chart-table">
            <thead>
              <tr>
                <th scope="col">Negocio</th>
                <th scope="col" class="is-amount">
                  Le queda
                </th>
              </tr>
            </thead>
            <tbody>
              {soon.slice(0, shown).map((trial) => (
                <tr>
                  <td class="is-title">
                    <a href={`/negocios/${trial.id}`}>{trial.businessName}</a>
                  </td>
                  <td class="is-amount" data-label="Le queda">
                    {leftText(trial)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {soon.length > shown && <p class="hint">Y {soon.length - shown} más, en Negocios.</p>}
    </section>
  )
}
