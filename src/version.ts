declare const __VERSION__: string | undefined
declare const __COMMIT__: string | undefined

/** Written into the bundle by scripts/build/server.ts; tests run the sources as they are. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0'
export const commit = typeof __COMMIT__ === 'string' ? __COMMIT__ : 'sources'
