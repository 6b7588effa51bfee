/**
 * What an upload does at once: the file is sent as it is chosen, dropped or pasted, and its progress is seen.
 * And what a morphed review does not say by itself. Every page works without this file.
 */
import { watchSubmits } from './forms/submits.ts'
import { watchReview } from './imports/review.ts'
import { watchSaving } from './imports/saving.ts'
import { watchUpload } from './imports/upload.ts'

watchUpload()
watchReview()
watchSaving()
watchSubmits()
