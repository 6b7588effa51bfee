/** How often one address or one account may try. Counted before anything is hashed. */
export const limits = {
  signUp: { bucket: 'sign-up', max: 10, windowSeconds: 3600 },
  signInByAccount: { bucket: 'sign-in-account', max: 10, windowSeconds: 300 },
  signInByAddress: { bucket: 'sign-in-address', max: 50, windowSeconds: 300 },
  recoveryByAccount: { bucket: 'recovery-account', max: 5, windowSeconds: 3600 },
  /** Higher than for an account: behind one address of a mobile network there are many shops. */
  recoveryByAddress: { bucket: 'recovery-address', max: 20, windowSeconds: 3600 },
  newPassword: { bucket: 'new-password', max: 20, windowSeconds: 3600 },
  confirmation: { bucket: 'confirmation', max: 5, windowSeconds: 3600 },
} as const
