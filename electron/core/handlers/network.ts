/** How this desk reaches its centre: a certificate authority of its own, from a file the person chose. */
import type { Core, Handlers } from '../context.ts'
import { requireSupervisor } from '../desk/supervisor.ts'
import { readAuthority } from '../sync/authority.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'

export function networkHandlers(core: Core, files: GrantedFiles): Handlers<'network.trust'> {
  return {
    'network.trust': async ({ fileId }) => {
      if (core.deskId() !== '') requireSupervisor(core)
      const ca = readAuthority(files.take([fileId])[0]!)
      const { network } = core.settings.get()
      core.settings.set({ network: { ...network, ca } })
      core.sync.goodMoment()
      return { name: ca.name, until: ca.until }
    },
  }
}
