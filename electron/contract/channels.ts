/** The ipc channels between preload and main. A page never sees them. */
export const CHANNEL = {
  call: 'desk:call',
  event: 'desk:event',
  takeFiles: 'desk:take-files',
  connectCore: 'desk:connect-core',
  corePort: 'desk:core-port',
} as const
