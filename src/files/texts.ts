import type { PictureProblem } from './picture.ts'

export const pictureTexts: Record<PictureProblem, string> = {
  'no-picture': 'Elige una foto.',
  'not-a-picture': 'Ese archivo no es una foto. Usa una JPG, PNG o WebP.',
  'too-heavy': 'Esa foto pesa más de 200 KB. Elige una más pequeña.',
}
