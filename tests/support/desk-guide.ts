/** docs/desk-guide.*.md: the window's own help as a document. `node tests/support/desk-guide.ts` writes it anew. */
import { writeFileSync } from 'node:fs'
import { COMMANDS } from '../../renderer/app/commands.ts'
import { SYMPTOMS } from '../../renderer/features/guide/symptoms.ts'
import { TASKS, type Task } from '../../renderer/features/guide/tasks.ts'
import en from '../../renderer/i18n/en.json' with { type: 'json' }
import zh from '../../renderer/i18n/zh-CN.json' with { type: 'json' }

export const GUIDES = {
  'desk-guide.zh-CN.md': {
    texts: zh,
    title: '馆员工作台：按任务',
    intro: '与窗口里的帮助（按 `?`）相同，可在那里搜索。由 `node tests/support/desk-guide.ts` 写出，有测试核对。',
    trouble: '遇到问题',
  },
  'desk-guide.en.md': {
    texts: en,
    title: 'BALIS Desk by task',
    intro:
      'The help of the window (`?`), where it can be searched. Written by `node tests/support/desk-guide.ts`; a test compares.',
    trouble: 'Trouble, by symptom',
  },
} as const
export type GuideName = keyof typeof GUIDES

export function deskGuide(name: GuideName): string {
  const { texts, title, intro, trouble } = GUIDES[name]
  const language = name.slice('desk-guide.'.length, -'.md'.length)
  const guide = texts.guide as unknown as Record<string, Record<string, string>>
  const symptoms: Record<string, { title: string; do: string }> = texts.symptom
  const keysOf = (command: Task['steps'][number]) => {
    const keys = command && (COMMANDS[command] as { keys?: string }).keys
    return keys ? ` \`${keys.trim() === '' ? 'Space' : keys}\`` : ''
  }
  const tasks = (TASKS as readonly Task[]).flatMap(({ id, steps }) => [
    `## ${guide[id]!['title']}`,
    '',
    ...steps.map((command, at) => `${at + 1}. ${guide[id]![`s${at + 1}`]}${keysOf(command)}`),
    '',
    `![${guide[id]!['title']}](../assets/pictures/guide/task-${id}.${language}.webp)`,
    '',
  ])
  const answers = SYMPTOMS.flatMap(({ id }) => [`### ${symptoms[id]!.title}`, '', symptoms[id]!.do, ''])
  return [`# ${title}`, '', intro, '', ...tasks, `## ${trouble}`, '', ...answers].join('\n')
}

export const guidePath = (name: GuideName): URL => new URL(`../../docs/${name}`, import.meta.url)

if (import.meta.main)
  for (const name of Object.keys(GUIDES) as GuideName[]) writeFileSync(guidePath(name), deskGuide(name))
