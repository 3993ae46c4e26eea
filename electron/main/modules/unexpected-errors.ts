/** A mistake in the shell goes to the log: Electron's own dialog would stand over the desk and stop everything. */
export function logUnexpectedErrors(): void {
  process.on('uncaughtException', (error) => console.error('unexpected error in the shell', error))
  process.on('unhandledRejection', (reason) => console.error('unexpected rejection in the shell', reason))
}
