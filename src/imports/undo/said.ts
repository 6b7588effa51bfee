/** What the undo left alone of one row, in one sentence. */
export type Said = { position: number; productId: number; kind: 'new' | 'changed'; text: string }
