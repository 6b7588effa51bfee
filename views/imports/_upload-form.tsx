import { uploadLimits, uploadTexts } from '#src/imports/texts.ts'
import { Button } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'

type UploadFormProps = {
  action: string
  /** Where it is one way among several. */
  title?: string
  primary?: boolean
  error?: string | undefined
}

const types =
  '.xlsx,.csv,.txt,.xls,.ods,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Choose, drop or paste; a refused file says why. Without script: a file field and its button. */
export function UploadForm({ action, title, primary = false, error }: UploadFormProps) {
  return (
    <form
      class="upload"
      id="upload"
      method="post"
      action={action}
      enctype="multipart/form-data"
      data-upload
      data-max-bytes={uploadLimits.fileBytes}
      data-too-large={uploadTexts.tooLarge}
      data-cut={uploadTexts.cut}
    >
      {title && <h2 class="upload-title">{title}</h2>}
      {error && <UploadError text={error} />}
      <div class="upload-zone">
        <Icon name="file-spreadsheet" />
        <label class="upload-label" for="file">
          Suelta tu Excel aquí o elígelo
        </label>
        <p class="soft" id="upload-hint">
          Como lo tengas: no importa el orden de las columnas.
        </p>
        <input
          class="upload-file"
          type="file"
          id="file"
          name="file"
          accept={types}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'upload-error upload-hint' : 'upload-hint'}
          required
        />
        <Button kind={primary ? 'primary' : 'plain'} busy="Subiendo…" class="upload-send">
          <Icon name="upload" />
          Revisar mi Excel
        </Button>
      </div>
      <p class="hint">
        Excel (.xlsx) o CSV, hasta 15 MB y 20,000 productos. No guardamos nada hasta que lo revises.
      </p>
    </form>
  )
}

function UploadError({ text }: { text: string }) {
  return (
    <div class="form-alert" role="alert" id="upload-error">
      <Icon name="circle-alert" />
      <div class="stack-8">
        <p>{text}</p>
        <p class="upload-nothing">No guardamos nada.</p>
      </div>
    </div>
  )
}
