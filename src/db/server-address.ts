/** Where the database server is, and the account that may create databases there (the provisioner's). */
export type ServerAddress =
  | { socketPath: string; user: string; password: string }
  | { host: string; port: number; user: string; password: string }
