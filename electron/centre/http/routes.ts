/** The calls of the sync design, one function each. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  BlobCall,
  CompleteCall,
  EnrolCall,
  FEED_LIMIT,
  OpsCall,
  PROTOCOL,
  SignInCall,
  TokenCall,
} from '../../contract/centre.contract.ts'
import { Sha256 } from '../../contract/words.ts'
import { markOpened } from '../act.ts'
import type { Centre } from '../centre.ts'
import { feedPage } from '../feed.ts'
import { allot, renewLeases } from '../housekeeping.ts'
import { actorOf, deviceOf, enrol, refreshTokens, signIn, staffSignedIn, type Device } from '../identity.ts'
import { push } from '../ops.ts'
import { HttpRefusal } from '../refusal.ts'
import { takeSeq, Workspace } from '../store/rows.ts'
import { readJson } from './body.ts'
import { Guesses } from './limits.ts'
import { sendJson, sendText, stampHeaders } from './reply.ts'

const LEASE_LOOK_MS = 600_000

interface Call {
  centre: Centre
  req: IncomingMessage
  res: ServerResponse
  url: URL
  /** Parts of the path the pattern names. */
  path: Record<string, string>
}
type Handler = (call: Call) => Promise<void>

function bearer(req: IncomingMessage): string | null {
  return /^Bearer ([\w-]{1,4000})$/.exec(req.headers.authorization ?? '')?.[1] ?? null
}

function checkProtocol({ req, centre }: Call): void {
  if (centre.mutants.has('no-protocol-check')) return
  if (Number(req.headers['desk-protocol']) !== PROTOCOL)
    throw new HttpRefusal(426, 'protocol_unsupported', { min: PROTOCOL, max: PROTOCOL })
}

/** The calling device, for its own library only. */
function device(call: Call): Device {
  checkProtocol(call)
  const found = deviceOf(call.centre.db, bearer(call.req), call.centre.clock.now())
  if (found.library !== call.path.library) throw new HttpRefusal(403, 'wrong_library')
  return found
}

function reply({ centre, req, res }: Call, status: number, body: Record<string, unknown>): Promise<void> {
  return sendJson(req, res, status, centre.stamp(), body)
}

const guesses = new WeakMap<Centre, Guesses>()
async function guarded<T>({ centre, req }: Call, guess: () => T | Promise<T>): Promise<T> {
  const counter = guesses.get(centre) ?? new Guesses()
  guesses.set(centre, counter)
  const caller = req.socket.remoteAddress ?? ''
  counter.check(caller, centre.clock.now())
  try {
    return await guess()
  } catch (error) {
    if (error instanceof HttpRefusal && error.status === 403) counter.failed(caller, centre.clock.now())
    throw error
  }
}

const enrolDevice: Handler = async (call) => {
  checkProtocol(call)
  const { code, deskName } = await readJson(call.req, EnrolCall)
  await reply(call, 200, await guarded(call, () => enrol(call.centre.db, code, deskName, call.centre.clock.now())))
}

const refreshToken: Handler = async (call) => {
  checkProtocol(call)
  const { refresh } = await readJson(call.req, TokenCall)
  await reply(call, 200, refreshTokens(call.centre.db, refresh, call.centre.clock.now()))
}

const signInStaff: Handler = async (call) => {
  const who = device(call)
  const { staff, password } = await readJson(call.req, SignInCall)
  const signedIn = await guarded(call, () => signIn(call.centre.db, who, staff, password, call.centre.clock.now()))
  await reply(call, 200, signedIn)
}

/** Leases are renewed and blocks of the queue allotted whenever their desk is heard of. */
function heardOf(centre: Centre, { id, library }: Device): void {
  const now = centre.clock.now()
  if (Math.abs(now - (centre.leasesSeen.get(id) ?? 0)) < LEASE_LOOK_MS) return
  centre.leasesSeen.set(id, now)
  centre.tell(renewLeases(centre.db, id, now))
  centre.tell(allot(centre.db, library, id, centre.allotBlock, now))
}

const feed: Handler = async (call) => {
  const { centre, req, res, url } = call
  const who = device(call)
  heardOf(centre, who)
  const wanted = Number(url.searchParams.get('limit') ?? FEED_LIMIT)
  const limit = Number.isInteger(wanted) && wanted >= 1 ? Math.min(wanted, FEED_LIMIT) : FEED_LIMIT
  const page = feedPage(centre.db, who.library, url.searchParams.get('cursor') ?? '', limit, centre.mutants)
  centre.served.set(who.library, page.last)
  const stamp = centre.stamp()
  stampHeaders(res, stamp)
  // Rows are stored as they travel: the page is put together as text, without parsing them again.
  const head = JSON.stringify({ ...stamp, next: page.next, more: page.more }).slice(0, -1)
  await sendText(req, res, 200, `${head},"rows":[${page.bodies.join(',')}]}`)
}

const ops: Handler = async (call) => {
  const { centre, req } = call
  const who = device(call)
  const staff = req.headers['desk-staff']
  staffSignedIn(centre.db, who, typeof staff === 'string' ? staff : null, centre.clock.now())
  const body = await readJson(req, OpsCall)
  if (body.protocol !== PROTOCOL && !centre.mutants.has('no-protocol-check'))
    throw new HttpRefusal(426, 'protocol_unsupported', { min: PROTOCOL, max: PROTOCOL })
  if (body.deviceId !== who.id) throw new HttpRefusal(403, 'wrong_device')
  heardOf(centre, who)
  const reserved = centre.mutants.has('seq-before-commit')
    ? await takeTooEarly(centre, who, body.ops.length)
    : undefined
  const actors = new Map<string, ReturnType<typeof actorOf>>()
  const { results, also, moved } = push(
    {
      db: centre.db,
      now: centre.clock.now(),
      library: who.library,
      device: who.id,
      actorOf: (user) => actors.get(user) ?? actors.set(user, actorOf(centre.db, who, user)).get(user)!,
      mutants: centre.mutants,
      ...(reserved ? { reserved } : {}),
    },
    body,
  )
  centre.tell(moved)
  await reply(call, 200, { results, also })
}

/**
 * The mutant of S1: a number is taken, its row comes later, and somebody reads in between. Every second call waits until
 * the feed has shown a later number (or a while, when nobody else writes).
 */
async function takeTooEarly(centre: Centre, who: Device, count: number): Promise<Map<string, number[]>> {
  const last = centre.db.write(() => takeSeq(centre.db, who.library, count))
  for (let waits = last % 2 ? 0 : 60; waits > 0 && (centre.served.get(who.library) ?? 0) <= last; waits--)
    await sleep(5)
  return new Map([[who.library, Array.from({ length: count }, (_, i) => last - count + 1 + i)]])
}

const wake: Handler = async (call) => {
  const who = device(call)
  stampHeaders(call.res, call.centre.stamp())
  call.centre.wake.open(who.library, call.res, call.centre.seqOf(who.library))
}

const beginUpload: Handler = async (call) => {
  const { centre, req, res } = call
  const who = device(call)
  const { mime, size } = await readJson(req, BlobCall)
  if (!/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(mime)) throw new HttpRefusal(400, 'bad_body', { message: 'mime' })
  const id = await centre.blobs.begin(who, mime, size, centre.clock.now())
  const uploadUrl = `/v1/lib/${who.library}/blobs/${id}`
  res.setHeader('Location', uploadUrl)
  await reply(call, 201, { uploadUrl })
}

const uploadBytes: Handler = async (call) => {
  const who = device(call)
  stampHeaders(call.res, call.centre.stamp())
  await call.centre.blobs.tusCall(who.library, call.path.upload!, call.req, call.res)
}

const completeUpload: Handler = async (call) => {
  const { centre, req } = call
  const who = device(call)
  const { sha256, size } = await readJson(req, CompleteCall)
  await centre.blobs.complete(who.library, call.path.upload!, sha256, size, centre.clock.now())
  await reply(call, 200, { sha256 })
}

const download: Handler = async (call) => {
  const who = device(call)
  stampHeaders(call.res, call.centre.stamp())
  await call.centre.blobs.send(who.library, Sha256.parse(call.path.sha256), call.req, call.res)
}

/** A delivered document for whoever has its link; a desk's look at it is not the reader's. */
const copyByLink: Handler = async ({ centre, req, res, url, path }) => {
  const now = centre.clock.now()
  const token = bearer(req)
  if (token !== null) deviceOf(centre.db, token, now)
  stampHeaders(res, centre.stamp())
  const request = new Workspace(centre.db).find(path.library!, 'request', path.request!)
  const delivery = request?.gone === null ? request.row.delivery : null
  const known = delivery && (delivery.link === url.pathname || centre.mutants.has('any-link'))
  if (!known) throw new HttpRefusal(404, 'not_found')
  if (delivery.expiresAt <= now) throw new HttpRefusal(410, 'link_expired')
  if (token === null && req.method === 'GET') centre.tell(markOpened(centre.db, path.library!, path.request!, now))
  await centre.blobs.send(path.library!, delivery.sha256, req, res)
}

interface Route {
  methods: readonly string[]
  pattern: RegExp
  handle: Handler
}
const LIB = '/v1/lib/(?<library>[\\w-]{1,64})'
const route = (methods: string, pattern: string, handle: Handler): Route => ({
  methods: methods.split(' '),
  pattern: new RegExp(`^${pattern}$`),
  handle,
})

const ROUTES: readonly Route[] = [
  route('POST', '/v1/enrol', enrolDevice),
  route('POST', '/v1/token', refreshToken),
  route('POST', `${LIB}/signin`, signInStaff),
  route('GET', `${LIB}/feed`, feed),
  route('POST', `${LIB}/ops`, ops),
  route('GET', `${LIB}/wake`, wake),
  route('POST', `${LIB}/blobs`, beginUpload),
  route('HEAD PATCH', `${LIB}/blobs/(?<upload>[0-9a-f]{32})`, uploadBytes),
  route('POST', `${LIB}/blobs/(?<upload>[0-9a-f]{32})/complete`, completeUpload),
  route('GET HEAD', `${LIB}/blobs/(?<sha256>[0-9a-f]{64})`, download),
  route('GET HEAD', '/v1/copies/(?<library>[\\w-]{1,64})/(?<request>[\\w-]{1,64})/(?<secret>[\\w-]{24})', copyByLink),
]

/** Serves one call, or throws the HttpRefusal that answers it. */
export async function serve(centre: Centre, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  let known = false
  for (const { methods, pattern, handle } of ROUTES) {
    const found = pattern.exec(url.pathname)
    if (!found) continue
    known = true
    if (methods.includes(req.method ?? '')) return handle({ centre, req, res, url, path: { ...found.groups } })
  }
  throw new HttpRefusal(known ? 405 : 404, known ? 'method_not_allowed' : 'not_found')
}
