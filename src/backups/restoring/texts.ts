import type { CopyProblem } from '#src/backups/restoring/copy.ts'

/** For whoever sits at the terminal: what is wrong with this copy, and that nothing was touched. */
export const copyTexts: Record<CopyProblem, string> = {
  missing: 'There is no such file.',
  unreadable: 'The file cannot be read.',
  'not-gzip': 'It is not a gzip file, or its bytes were changed.',
  truncated: 'It ends too early: a part of the copy is missing. Nothing was restored.',
  tampered:
    'Its SHA-256 is not the one that the night wrote down: the file was changed. Nothing was restored.',
  'no-header': 'It does not say whose it is: SmartKet did not make this file. Nothing was restored.',
  foreign: 'It is the copy of another business. Nothing was restored.',
  newer: 'It was made by a newer SmartKet. Upgrade this one first; nothing was restored.',
  refused: 'The database refused what stands in it. What had been loaded was taken away again.',
  strange:
    'It holds more than tables (a trigger, a view, a routine or an event): SmartKet makes none of them. What had been loaded was taken away again.',
}

/** File, reason, and where the database stopped. */
export const copySentence = (
  file: string,
  { problem, detail }: { problem: CopyProblem; detail: string | null },
) => `${file}: ${copyTexts[problem]}${detail ? ` (${detail})` : ''}`
