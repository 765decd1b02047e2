import { useWrite } from '@tongxin/client/use-write'
import { type ArticleRecord, saveArticle, submitArticle } from '@tongxin/contract/publishing'
import type { ArticleText } from '@tongxin/contract/publishing.words'
import { Button, RefusalText, Skeleton, say, TextInput } from '@tongxin/ui'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ArticleFacts } from './ArticleFacts.tsx'
import { OpennessFields, ShowcaseFields, SourceFields, textOf, withCards } from './CardFields.tsx'
import { ALL_ARTICLES } from './publishing.api.ts'

const Editor = lazy(async () => ({ default: (await import('./Editor.tsx')).Editor }))

/** A field of the refusal that lies anywhere within the document. */
const inDocument = (error: unknown): string | undefined =>
  (error as { fields?: readonly { field: string }[] } | null)?.fields?.find(({ field }) =>
    field.startsWith('/body/text/document'),
  )?.field

/** The text that is worked on: what it says, where it comes from, what its column asks for. */
export function ArticleForm({ article }: { article: ArticleRecord }) {
  const { t } = useTranslation()
  const [text, setText] = useState<ArticleText>(() => withCards(article.kind, article.text))
  const [note, setNote] = useState(article.note ?? '')
  const [isDirty, setDirty] = useState(false)
  const set = (part: Partial<ArticleText>) => {
    setText((old) => ({ ...old, ...part }))
    setDirty(true)
  }
  const submit = useWrite(submitArticle, { refreshes: ALL_ARTICLES, onDone: () => say(t('publishing.submitted')) })
  const save = useWrite(saveArticle, {
    refreshes: ALL_ARTICLES,
    onDone: () => {
      setDirty(false)
      say(t('publishing.saved'))
    },
  })
  const input = () => ({
    params: { id: article.id },
    ifMatch: article.version,
    body: { text: textOf(text), ...(article.note === null ? {} : { note }) },
  })
  const handIn = async () => {
    if (isDirty) await save.mutateAsync(input())
    await submit.mutateAsync({ params: { id: article.id }, body: {} })
  }
  const error = save.error ?? submit.error
  const errorAt = useFieldErrors(error)
  const wrong = inDocument(error)
  return (
    <form className="publishing-stack" onSubmit={(event) => event.preventDefault()}>
      <RefusalText error={error} labels={LABELS(t)} />
      {article.note === null ? null : (
        <TextInput
          label={t('publishing.correctionNote')}
          required
          maxLength={300}
          value={note}
          onChange={(value) => {
            setNote(value)
            setDirty(true)
          }}
        />
      )}
      <ArticleFacts text={text} set={set} errorAt={errorAt} />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Editor
          label={t('publishing.document')}
          document={text.document}
          onChange={(document) => set({ document })}
          error={wrong === undefined ? undefined : errorAt(wrong)}
        />
      </Suspense>
      <SourceFields text={text} set={set} errorAt={errorAt} />
      {article.kind === 'openness' ? <OpennessFields text={text} set={set} errorAt={errorAt} /> : null}
      {article.kind === 'showcase' ? <ShowcaseFields text={text} set={set} errorAt={errorAt} /> : null}
      <Foot
        isDirty={isDirty}
        whyNot={text.title.trim().length > 1 ? undefined : t('publishing.fillFirst')}
        isSaving={save.isPending}
        isSubmitting={submit.isPending}
        onSave={() => save.mutate(input())}
        onSubmit={() => void handIn().catch(() => undefined)}
      />
    </form>
  )
}

function Foot(props: {
  isDirty: boolean
  whyNot: string | undefined
  isSaving: boolean
  isSubmitting: boolean
  onSave: () => void
  onSubmit: () => void
}) {
  const { t } = useTranslation()
  const { whyNot } = props
  return (
    <footer className="publishing-acts publishing-foot">
      <span className="hint" role="status">
        {t(props.isDirty ? 'publishing.notSaved' : 'publishing.allSaved')}
      </span>
      <Button isBusy={props.isSaving} whyNot={whyNot} onClick={props.onSave}>
        {t('publishing.save')}
      </Button>
      <Button kind="primary" isBusy={props.isSubmitting} whyNot={whyNot} onClick={props.onSubmit}>
        {t('publishing.submit')}
      </Button>
    </footer>
  )
}

const LABELS = (t: (key: string) => string) => ({
  '/body/text/title': t('publishing.articleTitle'),
  '/body/text/document': t('publishing.document'),
  '/body/text/source': t('publishing.sourceCard'),
  '/body/text/source/url': t('publishing.sourceUrl'),
  '/body/text/source/checkedOn': t('publishing.checkedOnDay'),
  '/body/text/openness': t('publishing.openness'),
  '/body/text/showcase': t('publishing.showcase'),
  '/body/text/showcase/consent': t('publishing.consent'),
})
