/** Who we are: enrolment, sign-in, settings, the greeting of a window. */
import { CORE_PROTOCOL, type Settings } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import type { Identity } from '../desk/identity.ts'
import { noteSettings, requireSupervisor, supervisorChanges } from '../desk/supervisor.ts'
import { checkCentreUrl } from '../sync/http-link.ts'

type Methods =
  'app.hello' | 'settings.get' | 'settings.set' | 'desk.enrol' | 'desk.signIn' | 'desk.signOut' | 'desk.staff'

export function deskHandlers(core: Core, identity: Identity): Handlers<Methods> {
  const told = <T>(result: T): T => {
    for (const topic of ['desk', 'status', 'queue', 'counts'] as const) core.events.emit(topic)
    core.sync.goodMoment()
    return result
  }
  return {
    'app.hello': ({ protocol }) => {
      if (protocol !== CORE_PROTOCOL)
        throw new DeskError('protocol_mismatch', { ours: CORE_PROTOCOL, theirs: protocol })
      return {
        protocol: CORE_PROTOCOL,
        version: core.options.version,
        rehearsal: core.options.rehearsal,
        desk: identity.enrolled ? core.desk() : null,
        me: core.me(),
        locked: identity.locked,
        enrolAgain: identity.enrolAgain,
        settings: identity.enrolled ? core.settings.get() : withCentreOfStart(core),
        managed: core.settings.locked(),
      }
    },
    'settings.get': () => core.settings.get(),
    'settings.set': (change) => {
      const before = core.settings.get()
      const touched = supervisorChanges(before, change)
      // Before the first enrolment there is nobody to ask.
      if (touched.length > 0 && identity.enrolled) requireSupervisor(core)
      if (change.centreUrl) checkCentreUrl(change.centreUrl)
      const settings = core.settings.set(change)
      noteSettings(core, core.me()?.id ?? '', touched)
      if (change.centreUrl !== undefined || change.network !== undefined) core.sync.goodMoment()
      return settings
    },
    'desk.enrol': async ({ url, code, deskName }) => {
      const machine = core.options.machine?.file
      // A desk that is enrolled again stays with its centre, also with one that only the command line names.
      const at = url === '' && identity.enrolled ? core.centreUrl() : url
      // Before the code is used up.
      if (core.settings.locked().includes('centreUrl') && !sameUrl(at, core.settings.get().centreUrl))
        throw new DeskError('setting_locked', { setting: 'centreUrl' })
      const library = await identity.enrol(at, code, deskName, machine?.library)
      if (url !== '' && !core.settings.locked().includes('centreUrl')) core.settings.set({ centreUrl: url })
      return told(library)
    },
    'desk.signIn': async ({ staff, password }) => told(await identity.signIn(staff, password)),
    'desk.signOut': () => {
      identity.signOut()
      return told({ ok: true } as const)
    },
    'desk.staff': () =>
      core.views.staff().map(({ id, name, role }) => ({ id, name, role, pin: identity.known.hasPin(id) })),
  }
}

const sameUrl = (a: string, b: string): boolean => checkCentreUrl(a).href === checkCentreUrl(b).href

/** The first screen shows the address that the program was started with; it is kept once the desk is enrolled there. */
function withCentreOfStart(core: Core): Settings {
  const settings = core.settings.get()
  return { ...settings, centreUrl: settings.centreUrl || (core.options.centreUrl ?? '') }
}
