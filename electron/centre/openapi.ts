/**
 * The contract of a central service as an OpenAPI 3.1 document, made from the zod schemas of the wire.
 *
 *   node electron/centre/openapi.ts        writes electron/centre/openapi.json; a test checks that it is up to date
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import * as wire from '../contract/centre.contract.ts'
import { FACT_KINDS, Op, OpArgs, OP_KINDS } from '../contract/ops.contract.ts'

type Json = { [key: string]: unknown }

/** Schemas by the names they have in the document. */
const SCHEMAS: Record<string, z.ZodType> = {
  EnrolCall: wire.EnrolCall,
  EnrolReply: wire.EnrolReply,
  TokenCall: wire.TokenCall,
  TokenReply: wire.TokenReply,
  SignInCall: wire.SignInCall,
  SignInReply: wire.SignInReply,
  FeedReply: wire.FeedReply,
  RowEnvelope: wire.RowEnvelope,
  OpsCall: wire.OpsCall,
  OpsReply: wire.OpsReply,
  Op,
  OpResult: wire.OpResult,
  BlobCall: wire.BlobCall,
  BlobReply: wire.BlobReply,
  CompleteCall: wire.CompleteCall,
  CompleteReply: wire.CompleteReply,
  Refusal: wire.ErrorReply,
  ...Object.fromEntries(Object.values(wire.ENTITY_SCHEMAS).map((row) => [rowName(row), row])),
}

function rowName(row: z.ZodType): string {
  const { type } = (row as unknown as { shape: { type: { value: string } } }).shape
  return `${type.value[0]!.toUpperCase()}${type.value.slice(1)}Row`
}

/** What a reader must accept: fields with a default may be left out, unknown fields of replies are allowed. */
function schemaOf(type: z.ZodType): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io: 'input', target: 'draft-2020-12' }) as Json
  return schema
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const json = (name: string): Json => ({ 'application/json': { schema: ref(name) } })

/** An op whose arguments are those of its kind. */
function opSchema(): Json {
  const kinds = OP_KINDS.map((kind) => ({
    title: (FACT_KINDS as readonly string[]).includes(kind) ? `${kind} (fact: always recorded)` : kind,
    properties: { kind: { const: kind }, args: schemaOf(OpArgs[kind]) },
  }))
  const { properties, ...op } = schemaOf(Op)
  return { ...op, properties: properties as Json, oneOf: kinds }
}

function schemas(): Json {
  const all: Json = {}
  for (const [name, type] of Object.entries(SCHEMAS)) all[name] = schemaOf(type)
  all.Op = opSchema()
  const opsCall = all.OpsCall as { properties: Json }
  opsCall.properties.ops = { ...(opsCall.properties.ops as Json), items: ref('Op') }
  const opsReply = all.OpsReply as { properties: Json }
  opsReply.properties.results = { ...(opsReply.properties.results as Json), items: ref('OpResult') }
  const feed = all.FeedReply as { properties: Json }
  const rows = Object.values(wire.ENTITY_SCHEMAS).map((row) => ref(rowName(row)))
  const anyRow = { anyOf: [...rows, ref('RowEnvelope')] }
  feed.properties.rows = { ...(feed.properties.rows as Json), items: anyRow }
  opsReply.properties.also = { ...(opsReply.properties.also as Json), items: anyRow }
  return all
}

const refusal = (description: string): Json => ({ description, content: json('Refusal') })
const REFUSALS: Record<string, Json> = {
  400: refusal('A body or cursor of wrong shape; `opId` names the operation where there is one. Nothing was written.'),
  401: refusal(
    '`token_invalid` (refresh it), `refresh_invalid` (enrol again) or `staff_invalid` (a person must sign in).',
  ),
  403: refusal('`wrong_library`, `wrong_device`, `wrong_password` or `enrol_code_wrong`.'),
  404: refusal('Not there, or not this library’s.'),
  409: refusal('`hash_mismatch` (the bytes are deleted) or `upload_incomplete`.'),
  410: refusal(
    '`resync_required`: the cursor or epoch belongs to another history; read from the beginning. Nothing was written.',
  ),
  413: refusal('Larger than this centre takes.'),
  415: refusal('Not JSON.'),
  416: refusal('The range is outside the document.'),
  422: refusal('`op_id_reused`: the same opId with another body. Nothing was written.'),
  426: refusal('`protocol_unsupported` with `min` and `max`.'),
  429: refusal('Too many wrong guesses; obey `Retry-After`.'),
}
const refusals = (...statuses: number[]): Json =>
  Object.fromEntries([426, ...statuses].map((status) => [String(status), REFUSALS[String(status)]]))

const path = (name: string, pattern: string): Json => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', pattern },
})
const header = (name: string, description: string, required = true): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})
const PROTOCOL = header('Desk-Protocol', `Version of this protocol: ${wire.PROTOCOL}`)
const STAFF = header('Desk-Staff', 'Token of the person signed in, where a person acts')
const LIBRARY = path('library', '^[\\w-]{1,64}$')
const UPLOAD = path('upload', '^[0-9a-f]{32}$')
const HASH = path('sha256', '^[0-9a-f]{64}$')

interface Call {
  says: string
  parameters?: Json[]
  body?: string
  replies: Json
  open?: boolean
}

function operation({ says, parameters = [], body, replies, open }: Call): Json {
  return {
    summary: says,
    parameters: [PROTOCOL, ...parameters],
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: replies,
    ...(open ? { security: [] } : {}),
  }
}

const ok = (name: string, description = 'Done'): Json => ({ description, content: json(name) })
const bytes = (description: string): Json => ({
  description,
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
})
const query = (name: string, schema: Json): Json => ({ name, in: 'query', required: false, schema })

function paths(): Json {
  const tusHead = header('Tus-Resumable', '1.0.0')
  return {
    '/v1/enrol': {
      post: operation({
        says: 'Enrols a desk with a short code',
        body: 'EnrolCall',
        open: true,
        replies: { 200: ok('EnrolReply'), ...refusals(400, 403, 415, 429) },
      }),
    },
    '/v1/token': {
      post: operation({
        says: 'A new pair of tokens; the old refresh token dies when the new pair is first used',
        body: 'TokenCall',
        open: true,
        replies: { 200: ok('TokenReply'), ...refusals(400, 401, 415) },
      }),
    },
    '/v1/lib/{library}/signin': {
      post: operation({
        says: 'A person signs in at this desk',
        parameters: [LIBRARY],
        body: 'SignInCall',
        replies: { 200: ok('SignInReply'), ...refusals(400, 401, 403, 415, 429) },
      }),
    },
    '/v1/lib/{library}/feed': {
      get: operation({
        says:
          'Rows that changed after the cursor, by seq, newest state only (S1, S2); no cursor: from the beginning. ' +
          'A page that says `more` brings rows and another cursor: desks take one that does not for no centre',
        parameters: [
          LIBRARY,
          query('cursor', { type: 'string', maxLength: 200 }),
          query('limit', { type: 'integer', minimum: 1, maximum: wire.FEED_LIMIT }),
        ],
        replies: { 200: ok('FeedReply'), ...refusals(400, 401, 403, 410) },
      }),
    },
    '/v1/lib/{library}/ops': {
      post: operation({
        says:
          'Operations of one device, judged in the order given; each has at most one effect (S3, S4). A desk names the ' +
          '`epoch` of the feed it has read: a centre of another epoch (put back from a backup) answers 410 ' +
          '`resync_required` and carries nothing out, since what it lost must be done again before what came later (I6). ' +
          'A call without `epoch` is judged as it is.',
        parameters: [LIBRARY, STAFF],
        body: 'OpsCall',
        replies: { 200: ok('OpsReply'), ...refusals(400, 401, 403, 410, 413, 415, 422) },
      }),
    },
    '/v1/lib/{library}/wake': {
      get: operation({
        says: 'Server-sent events `{seq}`: hints that the feed moved; a comment every 25 s',
        parameters: [LIBRARY],
        replies: {
          200: { description: 'The line', content: { 'text/event-stream': { schema: { type: 'string' } } } },
          ...refusals(401, 403),
        },
      }),
    },
    '/v1/lib/{library}/blobs': {
      post: operation({
        says: 'Begins an upload (tus 1.0.0); the size may be told later',
        parameters: [LIBRARY],
        body: 'BlobCall',
        replies: { 201: ok('BlobReply', 'Begun; `Location` says where'), ...refusals(400, 401, 403, 413, 415) },
      }),
    },
    '/v1/lib/{library}/blobs/{upload}': {
      head: operation({
        says: 'Offset of an upload (tus)',
        parameters: [LIBRARY, UPLOAD, tusHead],
        replies: { 200: { description: '`Upload-Offset`' }, ...refusals(401, 403, 404, 410) },
      }),
      patch: operation({
        says: 'The next bytes of an upload (tus); `Upload-Length` where it was deferred',
        parameters: [LIBRARY, UPLOAD, tusHead, header('Upload-Offset', 'Where these bytes begin')],
        replies: {
          204: { description: '`Upload-Offset`' },
          409: { description: 'These bytes belong elsewhere: ask HEAD' },
          ...refusals(401, 403, 404, 410, 413),
        },
      }),
    },
    '/v1/lib/{library}/blobs/{upload}/complete': {
      post: operation({
        says: 'Verifies the bytes by SHA-256 and makes them a blob of this library',
        parameters: [LIBRARY, UPLOAD],
        body: 'CompleteCall',
        replies: { 200: ok('CompleteReply'), ...refusals(400, 401, 403, 404, 409, 415) },
      }),
    },
    '/v1/lib/{library}/blobs/{sha256}': {
      get: operation({
        says: 'A blob of this library (S5), whole or one range',
        parameters: [LIBRARY, HASH, header('Range', 'One byte range', false)],
        replies: { 200: bytes('All bytes'), 206: bytes('The range'), ...refusals(401, 403, 404, 416) },
      }),
    },
    '/v1/copies/{library}/{request}/{secret}': {
      // Opened by a reader's browser, which knows no protocol version.
      get: {
        summary:
          'A delivered document, for whoever has the link of its `delivery`, until `expiresAt`. Read without a desk’s ' +
          'token it counts as opened by the reader, and both libraries’ rows say so',
        parameters: [LIBRARY, path('request', '^[\\w-]{1,64}$'), path('secret', '^[\\w-]{24}$')],
        responses: {
          200: bytes('All bytes'),
          206: bytes('The range'),
          401: REFUSALS['401'],
          404: REFUSALS['404'],
          410: refusal('`link_expired`'),
          416: REFUSALS['416'],
        },
        security: [],
      },
    },
  }
}

/** The whole document. */
export function openApi(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'BALIS Desk: central service',
      version: String(wire.PROTOCOL),
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'What a central service must offer to a desk. Every JSON reply, refusals too, carries `serverTime` and `epoch`; ' +
        'replies without a body carry them as `Server-Time` and `Server-Epoch`. Status and reason codes are ISO 18626’s.',
    },
    security: [{ device: [] }],
    paths: paths(),
    components: {
      securitySchemes: { device: { type: 'http', scheme: 'bearer', description: 'Token of the enrolled device' } },
      schemas: schemas(),
    },
  }
}

/** The document as it lies in the repository. */
export const openApiText = (): string => `${JSON.stringify(openApi(), null, 2)}\n`

if (import.meta.main) writeFileSync(fileURLToPath(new URL('openapi.json', import.meta.url)), openApiText())
