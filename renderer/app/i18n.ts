import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '../i18n/en.json' with { type: 'json' }
import zh from '../i18n/zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'

/** Prepares both languages at once; switching needs no reload. */
export function startI18n(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: ['zh-CN', 'en'],
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  })
}

/** Changes the language of every text on screen, and the page's own `lang`. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language
  document.title = i18next.getFixedT(language)('app.windowTitle')
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
