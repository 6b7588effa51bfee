/** Where a photo is sent: it has a limit of its own, and says so at its field. */
export const isPhotoPath = (path: string) => /^\/productos\/[0-9]+\/foto$/.test(path)
