/** docs/machine-settings.md, written from the schema: every key, its kind, its bounds, what it is for. */
import * as z from 'zod'
import { FleetFile, machineSettingsPath, MachineSettings } from '../../contract/fleet.contract.ts'

interface Json {
  type?: string | string[]
  description?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Json[]
  items?: Json
  minimum?: number
  maximum?: number
  maxItems?: number
  properties?: Record<string, Json>
  additionalProperties?: Json | boolean
  format?: string
}

const EXAMPLE = {
  version: 1,
  centre: 'https://centre.balis.example',
  library: 'RUC',
  certificateAuthority: '/etc/balis-desk/house-ca.pem',
  dataFolder: 'D:\\BALIS\\{user}',
  rehearsal: false,
  enrol: { codeFile: '/etc/balis-desk/enrol-code', deskName: '{computer}' },
  settings: {
    network: { proxy: 'http://proxy.lib.example:3128' },
    printerAddresses: ['ipp://10.1.2.3/ipp/print'],
    lockMinutes: 10,
    purgeDays: 90,
  },
  locked: ['lockMinutes', 'purgeDays', 'network'],
}

export function settingsReference(): string {
  const whole = z.toJSONSchema(FleetFile, { io: 'input', unrepresentable: 'any' }) as Json
  const settings = z.toJSONSchema(MachineSettings, { io: 'input', unrepresentable: 'any' }) as Json
  const row = (key: string, schema: Json) => `| \`${key}\` | ${kindOf(schema)} | ${schema.description ?? ''} |`
  const top = Object.entries(whole.properties ?? {}).flatMap(([key, schema]) => [
    row(key, key === 'settings' ? { type: 'object', description: schema.description ?? '' } : schema),
    ...(key === 'enrol' ? Object.entries(schema.properties ?? {}).map(([name, one]) => row(`enrol.${name}`, one)) : []),
  ])
  return [
    '# Settings of a machine',
    '',
    'Written by `npm run desk -- machine --reference` from the schema; a test holds it against the program.',
    '',
    'One file a machine, for administrators. It lies in',
    '',
    ...(['linux', 'win32', 'darwin'] as const).map((system) => `- ${{ linux: 'Linux', win32: 'Windows', darwin: 'macOS' }[system]}: \`${machineSettingsPath(system, { ProgramData: '%ProgramData%' })}\``), // prettier-ignore
    '',
    'Values stand under what somebody chooses at the desk, and over what the program would do; what is `locked` holds whatever was chosen, and the',
    'window says why it does not move. `desk machine --check FILE` holds a file against these rules before it is rolled out; `desk doctor` names every',
    'mistake in the file of the machine by line and key. A value that is wrong is left out, the others hold.',
    '',
    '```json',
    JSON.stringify(EXAMPLE, null, 2),
    '```',
    '',
    '| key | value | meaning |',
    '|---|---|---|',
    ...top,
    '',
    '## settings',
    '',
    '| key | value |',
    '|---|---|',
    ...Object.entries(settings.properties ?? {}).map(([key, schema]) => `| \`settings.${key}\` | ${kindOf(schema)} |`),
    '',
  ].join('\n')
}

/** A value's kind in words: `number, 0 to 480`. */
function kindOf(schema: Json): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.length > 14 ? `one of ${schema.enum.length} names` : schema.enum.map((one) => `\`${JSON.stringify(one)}\``).join(', ') // prettier-ignore
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(' or ')
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'value')
  if (type === 'integer' || type === 'number') return bounds('number', schema)
  if (type === 'boolean') return '`true`, `false`'
  if (type === 'string') return 'text'
  if (type === 'array') return `list${schema.items ? ` of ${kindOf(schema.items)}` : ''}${schema.maxItems ? `, at most ${schema.maxItems}` : ''}` // prettier-ignore
  if (type !== 'object') return type
  const inside = Object.entries(schema.properties ?? {})
  if (inside.length > 0) return `{ ${inside.map(([key, one]) => `\`${key}\`: ${kindOf(one)}`).join('; ')} }`
  return typeof schema.additionalProperties === 'object' ? `by name: ${kindOf(schema.additionalProperties)}` : 'object'
}

function bounds(name: string, { minimum, maximum }: Json): string {
  const known = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < 2 ** 52
  return known(minimum) && known(maximum) ? `${name}, ${minimum} to ${maximum}` : name
}
