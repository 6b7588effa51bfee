import { Button } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'

type UploadFormProps = { action: string; primary?: boolean; errors?: readonly string[] | undefined }

/** Choose and send; a refused file says why, and that nothing was saved. */
export function UploadForm({ action, primary = false, errors = [] }: UploadFormProps) {
  const isWrong = errors.length > 0
  return (
    <form class="upload" method="post" action={action} enctype="multipart/form-data">
      {isWrong && (
        <div class="form-alert upload-errors" role="alert" id="upload-errors">
          <Icon name="circle-alert" />
          <div>
            <p>No guardamos nada. Corrige tu Excel y súbelo otra vez:</p>
            <ul>
              {errors.map((reason) => (
                <li>{reason}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <label class="upload-label" for="file">
        Tu Excel (.xlsx)
      </label>
      <input
        class="upload-file"
        type="file"
        id="file"
        name="file"
        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? 'upload-errors' : undefined}
        required
      />
      <Button kind={primary ? 'primary' : 'plain'} busy="Subiendo…" wide>
        <Icon name="upload" />
        Subir Excel con mis productos
      </Button>
    </form>
  )
}
