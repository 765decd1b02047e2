import type { FormLanguage } from './forms.types.ts'
import { en } from './texts/en.ts'
import type { FormTexts } from './texts/form-texts.ts'
import { zh } from './texts/zh-cn.ts'

const FORM_TEXTS: Readonly<Record<FormLanguage, FormTexts>> = { 'zh-CN': zh, en }

/** The words of a document's language; documents are Chinese unless asked otherwise. */
export function textsOf(language: FormLanguage | undefined): FormTexts {
  return FORM_TEXTS[language ?? 'zh-CN']
}
