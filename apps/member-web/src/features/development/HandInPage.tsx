import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { uploadFile } from '@tongxin/client/upload'
import { useWrite } from '@tongxin/client/use-write'
import { handInApplication, handInConversionApplication, handInReport } from '@tongxin/contract/development.own'
import { Button, EmptyState, RefusalText, say, TextArea, useRefusalWords } from '@tongxin/ui'
import { Paperclip } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_DEVELOPMENT, roadQuery } from './development.api.ts'
import './development.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(roadQuery)

const DOORS = { application: handInApplication, report: handInReport, conversion: handInConversionApplication } as const
type What = keyof typeof DOORS
const isWhat = (text: string | undefined): text is What => text !== undefined && text in DOORS
const LEAST_LETTERS = 10

/** One paper in the own words, with a photo or scan of the signed sheet where there is one. */
export function Page({ search }: ScreenProps) {
  const what = isWhat(search.what) ? search.what : 'report'
  return <HandIn key={what} what={what} />
}

/** Words not yet sent stay on this device in this tab, so that a call coming in loses nothing. */
function useWords(what: What) {
  const place = `tongxin.development.${what}`
  const [words, setWords] = useState(() => sessionStorage.getItem(place) ?? '')
  const change = (text: string) => {
    sessionStorage.setItem(place, text)
    setWords(text)
  }
  return { words, change, forget: () => sessionStorage.removeItem(place) }
}

function HandIn({ what }: { what: What }) {
  const { t } = useTranslation()
  const router = useRouter()
  const { data } = useSuspenseQuery(roadQuery)
  const { words, change, forget } = useWords(what)
  const [paper, setPaper] = useState<{ id: string; name: string } | null>(null)
  const send = useWrite(DOORS[what] as typeof handInReport, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      forget()
      say(t(`development.handedIn.${what}`))
      router.history.back()
    },
  })
  const closed = whyClosed(what, data)
  if (closed && (send.isIdle || send.isError)) return <Closed what={what} word={closed} />
  const missing = words.trim().length < LEAST_LETTERS ? t('development.wordsFirst') : undefined
  return (
    <PageFrame
      title={t(`development.handIn.${what}`)}
      primary={
        <Button
          wide
          kind="primary"
          isBusy={send.isPending}
          whyNot={missing}
          onClick={() => send.mutate({ body: { words: words.trim(), ...(paper ? { fileId: paper.id } : {}) } })}
        >
          {t('development.send')}
        </Button>
      }
    >
      <section className="card development-form">
        <p className="hint">{t(`development.lead.${what}`)}</p>
        <RefusalText error={send.error} labels={{ '/body/words': t(`development.words.${what}`) }} />
        <TextArea
          label={t(`development.words.${what}`)}
          help={t('development.kept')}
          required
          rows={12}
          maxLength={20_000}
          value={words}
          onChange={change}
        />
        <Paper paper={paper} onChange={setPaper} />
      </section>
    </PageFrame>
  )
}

function whyClosed(what: What, { road, canApply }: Awaited<ReturnType<NonNullable<typeof roadQuery.queryFn>>>) {
  if (what === 'application') return canApply
  if (!road) return 'no_case'
  return what === 'report' ? road.canReport : road.canApplyForConversion
}

function Closed({ what, word }: { what: What; word: string }) {
  const { t } = useTranslation()
  const { reason, remedy } = useRefusalWords()(`development.${word}`)
  return (
    <PageFrame title={t(`development.handIn.${what}`)}>
      <EmptyState title={reason}>{remedy}</EmptyState>
    </PageFrame>
  )
}

function Paper(props: {
  paper: { id: string; name: string } | null
  onChange: (paper: { id: string; name: string }) => void
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const take = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setError(null)
    try {
      props.onChange({ id: await uploadFile(file, 'document'), name: file.name })
    } catch (refused) {
      setError(refused)
    }
    setBusy(false)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('development.attach')}
        accept="image/jpeg,image/png,image/webp,.pdf,.docx"
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <Button
        wide
        icon={<Paperclip size="1.1em" aria-hidden="true" />}
        isBusy={isBusy}
        onClick={() => input.current?.click()}
      >
        {t(props.paper ? 'development.attachOther' : 'development.attach')}
      </Button>
      {props.paper ? <p className="hint">{t('development.attached', { name: props.paper.name })}</p> : null}
      <RefusalText error={error} />
    </>
  )
}
