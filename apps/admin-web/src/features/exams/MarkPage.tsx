import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { markScript, type Script } from '@tongxin/contract/exams.marking'
import { Button, EmptyState, ErrorState, RefusalText, Skeleton, say, TextInput } from '@tongxin/ui'
import { CheckCheck } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { scriptQuery } from './exams.api.ts'
import './exams.css'

/** Marks one answer after another: figures and Enter are all it takes. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const kind = params.kind === 'quiz' ? 'quiz' : 'session'
  const id = params.id ?? ''
  const { data, error, refetch } = useQuery(scriptQuery(kind, id))
  const onMarked = async () => {
    await refetch()
    void client.invalidateQueries({ queryKey: ['exams', 'marking'] })
  }
  return (
    <div className="page narrow">
      <title>{`${t('exams.marking')} · ${t('shell.name')}`}</title>
      <nav className="trail">
        <Link to={paths.exams.marking()}>{t('exams.marking')}</Link>
      </nav>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={8} /> : null}
      {data && !data.script ? (
        <EmptyState
          title={t('exams.allMarked')}
          icon={<CheckCheck aria-hidden="true" />}
          act={
            <Link className="tx-button" to={paths.exams.marking()}>
              {t('ui.back')}
            </Link>
          }
        />
      ) : null}
      {data?.script ? <Marking key={data.script.id} script={data.script} left={data.left} onMarked={onMarked} /> : null}
    </div>
  )
}

function Marking({ script, left, onMarked }: { script: Script; left: number; onMarked: () => Promise<void> }) {
  const { t } = useTranslation()
  const [points, setPoints] = useState('')
  const mark = useWrite(markScript, {
    onDone: async () => {
      say(t('exams.markedOne'))
      await onMarked()
    },
  })
  const given = /^\d{1,3}$/.test(points) && Number(points) <= script.most ? Number(points) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (given !== null && !mark.isPending) mark.mutate({ params: { id: script.id }, body: { points: given } })
  }
  return (
    <form className="panel exam-script" onSubmit={submit}>
      <p className="hint">{t('exams.leftN', { count: left })}</p>
      <h1>{script.stem}</h1>
      <section aria-label={t('exams.response')}>
        <h2>{t('exams.response')}</h2>
        <p className="exam-words exam-response">{script.response}</p>
      </section>
      {script.reference ? (
        <section aria-label={t('exams.reference')}>
          <h2>{t('exams.reference')}</h2>
          <p className="exam-words">{script.reference}</p>
        </section>
      ) : null}
      <RefusalText error={mark.error} />
      <div className="exam-row">
        <TextInput
          label={t('exams.pointsGiven', { most: script.most })}
          required
          // The one field of the page: whoever marks types figures and Enter, hundreds of times.
          autoFocus
          inputMode="numeric"
          maxLength={3}
          value={points}
          onChange={setPoints}
        />
        <Button
          type="submit"
          kind="primary"
          isBusy={mark.isPending}
          whyNot={given === null ? t('exams.pointsRange', { most: script.most }) : undefined}
        >
          {t('exams.saveAndNext')}
        </Button>
      </div>
      <p className="hint">{t('exams.markKeys')}</p>
    </form>
  )
}
