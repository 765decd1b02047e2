import { TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** What is said about a medium. */
export type Words = {
  readonly title: string
  readonly source: string
  readonly copyright: string
  readonly transcript: string
}

export function WordFields({ words, onChange }: { words: Words; onChange: (words: Words) => void }) {
  const { t } = useTranslation()
  const set = (name: keyof Words) => (value: string) => onChange({ ...words, [name]: value })
  return (
    <>
      <TextInput label={t('media.name')} required maxLength={120} value={words.title} onChange={set('title')} />
      <TextInput
        label={t('media.source')}
        help={t('media.sourceHelp')}
        required
        maxLength={300}
        value={words.source}
        onChange={set('source')}
      />
      <TextInput
        label={t('media.copyright')}
        help={t('media.copyrightHelp')}
        required
        maxLength={300}
        value={words.copyright}
        onChange={set('copyright')}
      />
      <TextArea
        label={t('media.transcript')}
        help={t('media.transcriptHelp')}
        maxLength={200_000}
        value={words.transcript}
        onChange={set('transcript')}
      />
    </>
  )
}

/** As they are kept: without blanks around them, no transcript being none. */
export function saidOf({ title, source, copyright, transcript }: Words) {
  return {
    title: title.trim(),
    source: source.trim(),
    copyright: copyright.trim(),
    transcript: transcript.trim() || null,
  }
}
export const isUnsaid = ({ title, source, copyright }: Words): boolean =>
  [title, source, copyright].some((one) => one.trim() === '')
