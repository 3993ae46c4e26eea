/** How this desk reaches its centre: a certificate authority of its own, from a file the person chose. */
import type { Core, Handlers } from '../context.ts'
import { noteSettings, requireSupervisor } from '../desk/supervisor.ts'
import { readAuthority } from '../sync/authority.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'

export function networkHandlers(core: Core, files: GrantedFiles): Handlers<'network.trust'> {
  return {
    'network.trust': async ({ fileId }) => {
      const user = core.deskId() === '' ? '' : requireSupervisor(core).id
      const ca = readAuthority(files.take([fileId])[0]!)
      const { network } = core.settings.get()
      core.settings.set({ network: { ...network, ca } })
      noteSettings(core, user, ['network'])
      core.sync.goodMoment()
      return { name: ca.name, until: ca.until }
    },
  }
}
