import { type ArticleText, ORIGINS } from '@tongxin/contract/publishing.words'
import { Button, RefusalText, Select, TextArea, TextInput } from '@tongxin/ui'
import { ImageUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSending } from '../../shared/upload/use-sending.ts'
import { useOptions } from './words.tsx'

export type TextProps = {
  text: ArticleText
  set: (part: Partial<ArticleText>) => void
  errorAt: (field: string) => string | undefined
}

/** Title, summary, author, cover. */
export function ArticleFacts({ text, set, errorAt }: TextProps) {
  const { t } = useTranslation()
  const optionsOf = useOptions()
  return (
    <>
      <TextInput
        label={t('publishing.articleTitle')}
        required
        maxLength={120}
        value={text.title}
        onChange={(title) => set({ title })}
        error={errorAt('/body/text/title')}
      />
      <TextArea
        label={t('publishing.summary')}
        rows={2}
        maxLength={300}
        value={text.summary}
        onChange={(summary) => set({ summary })}
        error={errorAt('/body/text/summary')}
      />
      <div className="publishing-pair">
        <TextInput
          label={t('publishing.author')}
          maxLength={60}
          value={text.author}
          onChange={(author) => set({ author })}
          error={errorAt('/body/text/author')}
        />
        <Select
          label={t('publishing.origin')}
          required
          value={text.origin}
          onChange={(origin) => (origin === '' ? undefined : set({ origin }))}
          options={optionsOf(ORIGINS, 'origin')}
        />
      </div>
      <Cover text={text} set={set} />
    </>
  )
}

function Cover({ text, set }: Pick<TextProps, 'text' | 'set'>) {
  const { t } = useTranslation()
  const { sent, error, send } = useSending('photo')
  const { coverId } = text
  const take = async (file: File | undefined) => {
    const id = file ? await send(file) : null
    if (id !== null) set({ coverId: id })
  }
  return (
    <div className="publishing-acts">
      {coverId ? <img className="publishing-cover" src={`/api/v1/files/${coverId}/content`} alt="" /> : null}
      <label className="tx-button" data-kind="plain">
        <ImageUp size="1.1em" aria-hidden="true" />
        {t(sent ? 'publishing.sending' : coverId ? 'publishing.otherCover' : 'publishing.cover')}
        <input
          type="file"
          className="tx-hidden"
          accept="image/jpeg,image/png,image/webp"
          disabled={sent !== null}
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </label>
      {coverId ? (
        <Button kind="quiet" onClick={() => set({ coverId: '' })}>
          {t('publishing.noCover')}
        </Button>
      ) : null}
      <RefusalText error={error} />
    </div>
  )
}
