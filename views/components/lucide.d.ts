/** lucide-static carries types only for its index, and the index would bring all 1,700 icons along. */
declare module 'lucide-static/dist/esm/icons/*.mjs' {
  const svg: string
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default svg
}
