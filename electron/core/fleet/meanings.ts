/** What each key of a machine's settings file means, in both languages: the reference is printed from here. */
import type { FleetFile, SettingName } from '../../contract/fleet.contract.ts'

export type ReferenceLanguage = 'en' | 'zh-CN'
export type Words = Readonly<Record<ReferenceLanguage, string>>

type Enrol = `enrol.${keyof NonNullable<FleetFile['enrol']> & string}`

export const KEYS: Readonly<Record<keyof FleetFile | Enrol, Words>> = {
  version: { en: 'Of this format.', 'zh-CN': '本格式的版本。' },
  centre: {
    en: 'Address of the central service; the first screen shows it, and a desk of this machine reaches no other.',
    'zh-CN': '中心的网址；首次启动画面直接显示，本机的工作台不能连到别处。',
  },
  library: {
    en: 'The member library, by its id or code at the centre. A code of enrolment for another library is refused.',
    'zh-CN': '成员馆在中心的编号或代码。别的馆的登记码会被拒绝。',
  },
  certificateAuthority: {
    en: 'File with the certificate authority of the house (PEM or DER), trusted beside the usual ones.',
    'zh-CN': '学校自己的证书颁发机构文件（PEM 或 DER），在通常的机构之外另加信任。',
  },
  dataFolder: {
    en: 'Where the data lie, such as a disk that a restore card leaves alone. {user} and {computer} stand for the account and the machine.',
    'zh-CN': '数据放在哪里，例如还原卡不还原的磁盘。{user} 和 {computer} 代表账号名和计算机名。',
  },
  rehearsal: {
    en: 'false: the desk never rehearses, it waits for its enrolment. true: this is a machine for training.',
    'zh-CN': 'false：从不演练，等待登记。true：这是一台培训用机。',
  },
  enrol: { en: 'A desk that is not enrolled yet enrols by itself.', 'zh-CN': '尚未登记的工作台自动登记。' },
  'enrol.codeFile': {
    en: 'File with the code of enrolment. It is taken once, and the file is removed where the desk may; else its code is never tried again. BALIS_DESK_ENROL_CODE does the same.',
    'zh-CN':
      '放登记码的文件。只用一次，用后删除；没有权限删除时，同一个码也不会再试。环境变量 BALIS_DESK_ENROL_CODE 作用相同。',
  },
  'enrol.deskName': {
    en: 'Name of the desk; {computer} stands for the name of the machine.',
    'zh-CN': '工作台的名字；{computer} 代表计算机名。',
  },
  updates: {
    en: 'Where this desk looks for new versions instead of the address in its package; none: the administrator installs them.',
    'zh-CN': '到哪里找新版本，代替安装包里的地址；none：由管理员统一安装。',
  },
  settings: {
    en: 'Values of settings, under what somebody chooses at the desk.',
    'zh-CN': '各项设置的值；馆员在工作台上另选的优先。',
  },
  locked: {
    en: 'Settings whose value here holds whatever was chosen at the desk; the window shows them as locked.',
    'zh-CN': '锁定的设置：一律以这里的值为准，窗口里显示为“由本机管理员设定”。',
  },
}

export const SETTINGS: Readonly<Record<SettingName, Words>> = {
  language: { en: 'Language of the window.', 'zh-CN': '界面语言。' },
  theme: { en: 'Light or dark.', 'zh-CN': '浅色或深色。' },
  density: { en: 'Height of the rows.', 'zh-CN': '行距。' },
  contrast: { en: 'Stronger lines and text.', 'zh-CN': '更深的线条和文字。' },
  motion: { en: 'Whether anything moves.', 'zh-CN': '是否有动画。' },
  network: {
    en: 'uploadKBps: most of the line that uploads take, kB/s, null for no limit. proxy: an address, none, or "" for what the system says.',
    'zh-CN': 'uploadKBps：上传最多占用的带宽（kB/s），null 为不限。proxy：代理地址；none 为不用；"" 为跟随系统。',
  },
  holdSeconds: {
    en: 'Seconds for which an action can be taken back before it leaves.',
    'zh-CN': '操作发出前可以撤回的秒数。',
  },
  keepPagesDays: {
    en: 'Days for which scanned pages stay after their request has ended.',
    'zh-CN': '申请办结后，原始扫描页再保留多少天。',
  },
  scannerAddresses: {
    en: 'Network scanners that do not announce themselves (http://ADDRESS/eSCL).',
    'zh-CN': '不会自己广播的网络扫描仪（http://地址/eSCL）。',
  },
  houseRanges: {
    en: 'Public addresses that belong to the house (202.112.0.0/16); devices are looked for in private ones anyway.',
    'zh-CN': '本校的公网地址段（202.112.0.0/16）；内网总是会找。',
  },
  printIntoDesk: {
    en: 'The printer on loopback that other programs print into the desk with.',
    'zh-CN': '本机回环上的虚拟打印机，别的程序可以打印进工作台。',
  },
  printerId: { en: 'The printer where no kind has its own.', 'zh-CN': '没有为单据另外指定时用的打印机。' },
  printerAddresses: {
    en: 'Printers by address: ipp, ipps, escpos, zpl.',
    'zh-CN': '按地址添加的打印机：ipp、ipps、escpos、zpl。',
  },
  printRoutes: {
    en: 'For each kind of slip its printer, fallback, paper, tray, sides and copies.',
    'zh-CN': '每种单据用哪台打印机、备用打印机、纸张、纸盒、单双面和份数。',
  },
  printExpireHours: {
    en: 'Hours after which a job that could not be sent is given up.',
    'zh-CN': '送不出去的打印任务等多少小时后放弃。',
  },
  slipTemplates: { en: 'What stands on each kind of slip.', 'zh-CN': '每种单据上印什么。' },
  document: {
    en: 'How documents are made: profile, stamp, cover, size, text layer.',
    'zh-CN': '怎样生成文献：处理方式、盖章、封面、大小上限、文字层。',
  },
  receivedPdf: {
    en: 'PDFs of others. restricted: those whose owner forbids changes; keepSigned: signed ones are sent as they came.',
    'zh-CN': '收到的 PDF。restricted：对禁止修改的怎么办；keepSigned：有数字签名的原样送出。',
  },
  stampLayouts: { en: 'Stamps of the library’s own.', 'zh-CN': '本馆自己的印章版式。' },
  wedgeMaxGapMs: {
    en: 'Longest time between two keys of a barcode scanner, ms.',
    'zh-CN': '条码枪两个键之间的最长间隔（毫秒）。',
  },
  sounds: { en: 'Sounds when scanning.', 'zh-CN': '扫码时的声音。' },
  lockMinutes: {
    en: 'Minutes without a key or the mouse until the window is locked; 0 for never.',
    'zh-CN': '多少分钟没有人动键盘鼠标就锁上；0 为从不。',
  },
  offlineSignInDays: {
    en: 'Days for which somebody known here signs in without the centre.',
    'zh-CN': '连不上中心时，登录过的人还能登录多少天。',
  },
  purgeDays: {
    en: 'Days after a request’s end after which its reader’s data go.',
    'zh-CN': '申请办结后多少天清除读者的个人数据。',
  },
  catalogues: {
    en: 'Catalogues that are asked: one’s own and other members’.',
    'zh-CN': '查哪些目录：本馆的和其他成员馆的。',
  },
}
