import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { startI18n } from '../../../renderer/app/i18n.ts'
import { said, saidOf } from '../../../renderer/ui/said.ts'

beforeAll(() => startI18n('zh-CN'))

test('what is said is what the translator says, in the language that is spoken now', async () => {
  const all = () => [said('service.copyShort'), said('time.days', { count: 1 }), said('time.days', { count: 3 })]
  const told = () => [i18next.t('service.copyShort'), ...[1, 3].map((count) => i18next.t('time.days', { count }))]
  const chinese = all()
  expect(chinese).toEqual(told())
  await i18next.changeLanguage('en')
  expect(all()).toEqual(told())
  expect(all()).not.toEqual(chinese)
  await i18next.changeLanguage('zh-CN')
  expect(all()).toEqual(chinese)
})

test('a title stands in its text as it is written', () => {
  for (const title of ['文化苦旅', 'C$& $1 {{title}} $t(x)', ''])
    expect(saidOf('queue.markRow', 'title', title)).toBe(`选择 ${title}`)
})
