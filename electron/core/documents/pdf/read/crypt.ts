import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { DocumentError } from '../../errors.ts'
import { isDict, isNumber, nameOf, PdfString, type PdfDict, type PdfRef, type PdfValue } from './values.ts'

/** The standard security handler (ISO 32000-1, 7.6; ISO 32000-2 for revision 6): RC4 and AES, 40 to 256 bits. */
export interface Decryption {
  string(bytes: Uint8Array, ref: PdfRef): Uint8Array
  /** By the file's filter for streams, or by the one that the stream names for itself. */
  stream(bytes: Uint8Array, ref: PdfRef, filter?: string): Uint8Array
  /** Are metadata streams encrypted? */
  readonly metadata: boolean
}

type Method = 'none' | 'rc4' | 'aes128' | 'aes256'

const PADDING = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex')

const md5 = (...parts: Uint8Array[]): Buffer => hashOf('md5', parts)
function hashOf(algorithm: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Key schedule and stream of RC4; OpenSSL no longer offers it by default. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const s = Uint8Array.from({ length: 256 }, (_, i) => i)
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + s[i]! + key[i % key.length]!) & 255
    ;[s[i], s[j]] = [s[j]!, s[i]!]
  }
  const out = new Uint8Array(data.length)
  for (let k = 0, i = 0, j = 0; k < data.length; k++) {
    i = (i + 1) & 255
    const a = s[i]!
    j = (j + a) & 255
    const b = s[j]!
    s[i] = b
    s[j] = a
    out[k] = data[k]! ^ s[(a + b) & 255]!
  }
  return out
}

/** CBC with the initial vector in front and PKCS#7 padding at the end, both taken leniently. */
function aes(key: Uint8Array, data: Uint8Array): Uint8Array {
  const whole = data.length - (data.length % 16)
  if (whole < 32) return new Uint8Array(0)
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, data.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(data.subarray(16, whole)), decipher.final()])
  const padding = plain.at(-1)!
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain
}

interface Handler {
  readonly revision: number
  readonly keyBytes: number
  readonly owner: Uint8Array
  readonly user: Uint8Array
  readonly ownerKey: Uint8Array
  readonly userKey: Uint8Array
  readonly permissions: number
  readonly fileId: Uint8Array
  readonly encryptMetadata: boolean
}

/** Throws encrypted_pdf where a password is needed and none was given, wrong_password where it does not fit. */
export function openEncryption(
  dict: PdfDict,
  fileId: Uint8Array,
  password: string | undefined,
  resolve: (value: PdfValue | undefined) => PdfValue,
): Decryption {
  const get = (key: string): PdfValue => resolve(dict.get(key))
  const bytes = (key: string): Uint8Array => {
    const value = get(key)
    return value instanceof PdfString ? value.bytes : new Uint8Array(0)
  }
  const number = (key: string, fallback: number): number => {
    const value = get(key)
    return isNumber(value) ? value : fallback
  }
  const version = number('V', 0)
  if (nameOf(get('Filter')) !== 'Standard' || ![1, 2, 4, 5].includes(version))
    throw new DocumentError('encrypted_pdf', { handler: nameOf(get('Filter')) ?? '' })
  const handler: Handler = {
    revision: number('R', 2),
    keyBytes:
      version === 1
        ? 5
        : version === 5
          ? 32
          : Math.min(16, Math.max(5, Math.trunc((version === 4 ? 128 : number('Length', 40)) / 8))),
    owner: bytes('O'),
    user: bytes('U'),
    ownerKey: bytes('OE'),
    userKey: bytes('UE'),
    permissions: number('P', 0) | 0,
    fileId,
    encryptMetadata: get('EncryptMetadata') !== false,
  }
  const key = anyFileKey(handler, password ?? '')
  if (!key) throw new DocumentError(password === undefined ? 'encrypted_pdf' : 'wrong_password')
  const method = (filter: string | null): Method => (version < 4 ? 'rc4' : cryptMethod(get('CF'), resolve, filter))
  const apply = (kind: Method, data: Uint8Array, ref: PdfRef): Uint8Array => {
    if (kind === 'none') return data
    if (kind === 'aes256') return aes(key, data)
    const { object, generation } = ref
    const salt = [object & 255, (object >> 8) & 255, (object >> 16) & 255, generation & 255, (generation >> 8) & 255]
    const parts = [key, Uint8Array.from(salt)]
    if (kind === 'aes128') parts.push(Buffer.from('sAlT', 'latin1'))
    const own = md5(...parts).subarray(0, Math.min(16, key.length + 5))
    return kind === 'rc4' ? rc4(own, data) : aes(own, data)
  }
  const strings = method(nameOf(get('StrF')))
  const streams = method(nameOf(get('StmF')))
  return {
    string: (data, ref) => apply(strings, data, ref),
    stream: (data, ref, filter) => apply(filter === undefined ? streams : method(filter), data, ref),
    metadata: handler.encryptMetadata,
  }
}

/** With the length of key the file names and, where that is wrong, with the two that are usual. */
function anyFileKey(handler: Handler, password: string): Uint8Array | null {
  for (const keyBytes of new Set([handler.keyBytes, 16, 5])) {
    const key = fileKey({ ...handler, keyBytes }, password)
    if (key) return key
  }
  return null
}

function cryptMethod(
  filters: PdfValue,
  resolve: (value: PdfValue | undefined) => PdfValue,
  name: string | null,
): Method {
  const filter = isDict(filters) && name !== null && name !== 'Identity' ? resolve(filters.get(name)) : null
  switch (isDict(filter) ? nameOf(resolve(filter.get('CFM'))) : null) {
    case 'V2':
      return 'rc4'
    case 'AESV2':
      return 'aes128'
    case 'AESV3':
      return 'aes256'
    default:
      return 'none'
  }
}

/** The file's key for a user or owner password, or null. */
function fileKey(handler: Handler, password: string): Uint8Array | null {
  if (handler.revision >= 5)
    return newFileKey(handler, Buffer.from(password.normalize('NFKC'), 'utf8').subarray(0, 127))
  for (const encoding of ['latin1', 'utf8'] as const) {
    const typed = Buffer.from(password, encoding)
    const key = oldFileKey(handler, typed) ?? oldFileKey(handler, userPasswordFromOwner(handler, typed))
    if (key) return key
  }
  return null
}

const padded = (password: Uint8Array): Buffer => Buffer.concat([password, PADDING]).subarray(0, 32)

/** Algorithms 2, 4 and 5, revisions 2 to 4. */
function oldFileKey(handler: Handler, password: Uint8Array): Uint8Array | null {
  const { revision, keyBytes, owner, user, permissions, fileId, encryptMetadata } = handler
  const flags = Buffer.alloc(4)
  flags.writeInt32LE(permissions)
  const parts = [padded(password), owner.subarray(0, 32), flags, fileId]
  if (revision >= 4 && !encryptMetadata) parts.push(Buffer.alloc(4, 255))
  let key = md5(...parts).subarray(0, keyBytes)
  if (revision >= 3) for (let i = 0; i < 50; i++) key = md5(key).subarray(0, keyBytes)
  let proof: Uint8Array = revision === 2 ? PADDING : md5(PADDING, fileId)
  for (let i = 0; i < (revision === 2 ? 1 : 20); i++)
    proof = rc4(
      key.map((byte) => byte ^ i),
      proof,
    )
  const length = revision === 2 ? 32 : 16
  return Buffer.compare(proof.subarray(0, length), user.subarray(0, length)) === 0 ? key : null
}

/** Algorithm 7: the owner password opens the user password. */
function userPasswordFromOwner({ revision, keyBytes, owner }: Handler, password: Uint8Array): Uint8Array {
  let key = md5(padded(password))
  if (revision >= 3) for (let i = 0; i < 50; i++) key = md5(key)
  const short = key.subarray(0, keyBytes)
  let out: Uint8Array = owner.subarray(0, 32)
  for (let i = revision === 2 ? 0 : 19; i >= 0; i--)
    out = rc4(
      short.map((byte) => byte ^ i),
      out,
    )
  return out
}

/** Algorithms 2.A and 2.B, revisions 5 and 6. */
function newFileKey({ revision, owner, user, ownerKey, userKey }: Handler, password: Uint8Array): Uint8Array | null {
  const digest = (salt: Uint8Array, extra: Uint8Array): Uint8Array =>
    revision === 5 ? hashOf('sha256', [password, salt, extra]) : hardenedHash(password, salt, extra)
  const unwrap = (key: Uint8Array, wrapped: Uint8Array): Uint8Array =>
    createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false).update(wrapped.subarray(0, 32))
  const none = new Uint8Array(0)
  const u48 = user.subarray(0, 48)
  if (Buffer.compare(digest(user.subarray(32, 40), none), user.subarray(0, 32)) === 0)
    return unwrap(digest(user.subarray(40, 48), none), userKey)
  if (Buffer.compare(digest(owner.subarray(32, 40), u48), owner.subarray(0, 32)) === 0)
    return unwrap(digest(owner.subarray(40, 48), u48), ownerKey)
  return null
}

function hardenedHash(password: Uint8Array, salt: Uint8Array, extra: Uint8Array): Uint8Array {
  let key: Buffer = hashOf('sha256', [password, salt, extra])
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const block = Buffer.concat([password, key, extra])
    const repeated = Buffer.concat(Array.from({ length: 64 }, () => block))
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false)
    const encrypted = cipher.update(repeated)
    const rest = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = hashOf(['sha256', 'sha384', 'sha512'][rest]!, [encrypted])
    last = encrypted.at(-1)!
  }
  return key.subarray(0, 32)
}
