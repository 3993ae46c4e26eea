import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SaneConfig {
  /** Lines of dll.conf: the SANE backends that this test sees. */
  backends: readonly ('test' | 'pnm' | 'airscan')[]
  /** Lines that replace or add to the test backend's settings; `number_of_devices`, `geometry_max`, ... */
  test?: Record<string, string | number>
  /** eSCL devices for sane-airscan: name -> URL of the eSCL root. */
  airscan?: Record<string, string>
}

const TEST_DEFAULTS: Record<string, string | number> = {
  number_of_devices: 1,
  mode: 'Color',
  depth: 8,
  resolution_min: '75.0',
  resolution_max: '1200.0',
  resolution_quant: '1.0',
  resolution: '300.0',
  'test-picture': '"Color pattern"',
  geometry_min: '0.0',
  geometry_max: '300.0',
  geometry_quant: '0.1',
  tl_x: '0.0',
  tl_y: '0.0',
  br_x: '210.0',
  br_y: '297.0',
}

/**
 * A private SANE configuration: SANE_CONFIG_DIR replaces /etc/sane.d altogether, so no root and no shared state.
 * Put `env` into the environment of scanimage or of core.
 */
export async function saneConfig(config: SaneConfig): Promise<{
  env: { SANE_CONFIG_DIR: string }
  folder: string
  dispose: () => Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'balis-sane-'))
  await writeFile(join(folder, 'dll.conf'), config.backends.map((name) => `${name}\n`).join(''))
  const settings = Object.entries({ ...TEST_DEFAULTS, ...config.test })
  await writeFile(join(folder, 'test.conf'), settings.map(([key, value]) => `${key} ${value}\n`).join(''))
  const devices = Object.entries(config.airscan ?? {}).map(([name, url]) => `"${name}" = ${url}, eSCL\n`)
  await writeFile(
    join(folder, 'airscan.conf'),
    `[devices]\n${devices.join('')}[options]\ndiscovery = disable\nws-discovery = off\n`,
  )
  return {
    env: { SANE_CONFIG_DIR: folder },
    folder,
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Whether the real scanimage is here. Under CI a missing one is a failure, elsewhere a skip that says its name. */
export function hasScanimage(): boolean {
  const found = spawnSync('scanimage', ['--version']).status === 0
  if (!found && process.env.CI === 'true') throw new Error('scanimage is missing: install sane-utils and sane-airscan')
  return found
}
