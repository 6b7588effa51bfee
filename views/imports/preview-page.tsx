import type { Shell } from '#src/http/shell.ts'
import { uploadPath } from '#src/imports/paths.ts'
import type { Review } from '#src/imports/screen.ts'
import { ImportFrame } from './_frame.tsx'
import { ImportReview } from './_review.tsx'

export function PreviewPage({ shell, review }: { shell: Shell; review: Review }) {
  return (
    <ImportFrame shell={shell} origin={review.origin} title="Revisa tu Excel">
      <div class="import-head">
        <h1>Revisa tu Excel</h1>
        <p class="import-file">
          {review.fileName} <a href={uploadPath(review.origin)}>Subir otro</a>
        </p>
      </div>
      <ImportReview review={review} />
    </ImportFrame>
  )
}
