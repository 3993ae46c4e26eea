import i18next from 'i18next'
import { beforeEach, describe, expect, it } from 'vitest'
import { startI18n } from '../../../renderer/app/i18n.ts'
import { toast, useToasts, words } from '../../../renderer/app/toasts.ts'

const shown = () => useToasts.getState().list.map(({ text }) => words(text))

describe('messages at the foot', () => {
  beforeEach(() => {
    useToasts.setState({ list: [] })
    startI18n('zh-CN')
  })

  it('speak the language of now, not that of the moment they came', async () => {
    toast({ tone: 'plain', text: () => i18next.t('undo.nothing') })
    const chinese = shown()
    await i18next.changeLanguage('en')
    expect(shown()).toEqual([i18next.getFixedT('en')('undo.nothing')])
    expect(shown()).not.toEqual(chinese)
  })

  it('said again are one message, in whatever way the words were given', () => {
    toast({ tone: 'plain', text: () => i18next.t('undo.nothing') })
    toast({ tone: 'plain', text: i18next.t('undo.nothing') })
    expect(shown()).toHaveLength(1)
  })
})
