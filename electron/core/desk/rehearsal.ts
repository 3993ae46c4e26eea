/** In rehearsal the desk enrols itself at the simulated centre and signs in a member of its demonstration staff. */
import * as z from 'zod'
import type { Identity } from './identity.ts'

const Info = z.object({
  enrolCode: z.string(),
  password: z.string(),
  staff: z.array(z.object({ id: z.string(), role: z.string() })).min(1),
})

/** Asks the rehearsal centre for its codes; safe to repeat. @throws when the centre does not answer yet */
export async function enrolAtRehearsal(identity: Identity, centreUrl: string, deskName: string): Promise<void> {
  if (identity.enrolled && identity.me()) return
  const response = await fetch(new URL('/rehearsal/info', centreUrl), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(5000),
  })
  const info = Info.parse(await response.json())
  if (!identity.enrolled) await identity.enrol(centreUrl, info.enrolCode, deskName)
  const staff = info.staff.find((person) => person.role === 'staff') ?? info.staff[0]!
  await identity.signIn(staff.id, info.password)
}
