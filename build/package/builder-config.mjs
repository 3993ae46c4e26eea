/**
 * How electron-builder packs the desk for each system. Checked against its own schema at every run, also for the systems
 * that cannot be built here: installers for Windows and macOS need helpers from release sites.
 */
import { join } from 'node:path'
import { root } from '../setup/places.mjs'

/**
 * @param {import('../setup/stamp.mjs').ElectronRuntime} runtime the Electron that is packed
 * @param {(context: object) => Promise<void>} [afterPack] puts `desk` beside app.asar
 * @returns {object} electron-builder's Configuration
 */
export function builderConfig(runtime, afterPack) {
  const rehearsal = runtime.kind === 'rehearsal'
  const name = rehearsal ? 'balis-desk-rehearsal' : 'balis-desk'
  return {
    appId: 'cn.edu.balis.desk',
    productName: rehearsal ? 'BALIS Desk Rehearsal' : 'BALIS Desk',
    copyright: 'Copyright © 2026 BALIS Desk developers',
    directories: { app: join(root, 'out', 'package', 'shell'), output: join(root, 'out', 'package', 'dist'), buildResources: join(root, 'assets', 'icons') }, // prettier-ignore
    electronVersion: runtime.version,
    electronDist: runtime.dist,
    electronLanguages: ['en-US', 'zh-CN', 'zh_CN', 'en'],
    asar: true,
    // What ships of the packages is staged already.
    beforeBuild: async () => false,
    ...(afterPack ? { afterPack } : {}),
    electronFuses: fuses(rehearsal),
    artifactName: `${name}-\${version}-\${os}-\${arch}.\${ext}`,
    // The feed is written and signed by ourselves (feed.mjs).
    publish: null,
    win: { target: [{ target: 'nsis', arch: ['x64'] }], icon: 'icon-512.png', executableName: name },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: true,
      allowToChangeInstallationDirectory: true,
      // Alone: 'installer.exe /S /currentuser', for everybody: '/S /allusers'; '/D=FOLDER' comes last.
      installerLanguages: ['zh_CN', 'en_US'],
      multiLanguageInstaller: true,
      deleteAppDataOnUninstall: false,
      // Windows 7 and 8 are refused with a text instead of a crash; asked to be silent, by exit code 1.
      include: join(root, 'build', 'package', 'windows', 'installer.nsh'),
    },
    mac: { target: ['dmg', 'zip'], category: 'public.app-category.productivity', icon: 'icon-512.png' },
    linux: {
      target: [{ target: 'AppImage', arch: ['x64', 'arm64'] }],
      executableName: name,
      category: 'Office',
      icon: 'icon-512.png',
      synopsis: 'Librarian workstation for document delivery and interlibrary loan',
    },
  }
}

/**
 * Switches in the Electron binary itself. Under the rehearsal runtime tests may attach to the main process; a release
 * cannot be attached to.
 */
export function fuses(rehearsal) {
  return {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: rehearsal,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  }
}
