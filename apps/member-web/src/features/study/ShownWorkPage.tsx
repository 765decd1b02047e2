import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { remarkOnWork, withdrawRemark } from '@tongxin/contract/study.own'
import { Button, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { AskedAct } from './AskedAct.tsx'
import { shownWorkQuery } from './study.api.ts'
import { Remark } from './words.tsx'
import './study.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(shownWorkQuery(params.id ?? ''))

/** A reflection that is shown, and what people say on it. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: work } = useSuspenseQuery(shownWorkQuery(params.id ?? ''))
  const [body, setBody] = useState('')
  const withdraw = useWrite(withdrawRemark, { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) })
  const save = useWrite(remarkOnWork, {
    refreshes: ALL_STUDY,
    onDone: () => {
      setBody('')
      say(t('study.said'))
    },
  })
  return (
    <PageFrame title={work.title} lead={<p className="hint">{`${work.writer} · ${work.orgName}`}</p>}>
      <article className="card study-card">
        <p className="study-text">{work.body}</p>
      </article>
      <section className="card study-card">
        <h2>{t('study.remarks')}</h2>
        <TextArea label={t('study.remark')} rows={2} maxLength={500} value={body} onChange={setBody} />
        <RefusalText error={save.error} />
        <Button
          isBusy={save.isPending}
          whyNot={body.trim() === '' ? t('study.fillFirst') : undefined}
          onClick={() => save.mutate({ params: { id: work.id }, body: { body } })}
        >
          {t('study.say')}
        </Button>
        {work.remarks.map((remark) => (
          <Remark
            key={remark.id}
            remark={remark}
            act={
              remark.isMine || work.isMine ? (
                <AskedAct
                  verb={t('study.takeAway')}
                  lead={t('study.takeAwayLead')}
                  save={withdraw}
                  input={{ params: { id: remark.id }, body: {} }}
                />
              ) : null
            }
          />
        ))}
      </section>
    </PageFrame>
  )
}
