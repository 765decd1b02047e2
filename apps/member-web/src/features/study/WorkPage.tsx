import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { consentToShow, withdrawRemark } from '@tongxin/contract/study.own'
import type { StudyWorkRecord } from '@tongxin/contract/study.words'
import { RefusalText, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { AskedAct } from './AskedAct.tsx'
import { workQuery } from './study.api.ts'
import { Remark, Rounds, WorkLamp } from './words.tsx'
import './study.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(workQuery(params.id ?? ''))

/** What I handed in, all rounds of it, and whether it may be shown. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: work } = useSuspenseQuery(workQuery(params.id ?? ''))
  const again = work.taskId
    ? { to: paths.study.task(work.taskId) }
    : { to: paths.study.write(), search: { work: work.id } }
  return (
    <PageFrame
      title={work.title}
      lead={<WorkLamp work={work} />}
      primary={
        work.state === 'returned' ? (
          <Link className="tx-button" data-kind="primary" data-wide {...(again as { to: string })}>
            {t('study.handInAgain')}
          </Link>
        ) : undefined
      }
    >
      <Consent work={work} />
      <Rounds rounds={work.rounds} />
      {work.remarks.length > 0 ? <Remarks work={work} /> : null}
    </PageFrame>
  )
}

function Consent({ work }: { work: StudyWorkRecord }) {
  const { t } = useTranslation()
  const save = useWrite(consentToShow, { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) })
  return (
    <section className="card study-card">
      <label className="study-check">
        <input
          type="checkbox"
          checked={work.wantsShow}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ params: { id: work.id }, body: { wantsShow: event.target.checked } })}
        />
        {t('study.wantsShow')}
      </label>
      <p className="hint">{t(work.isShown ? 'study.shownNow' : 'study.shownLater')}</p>
      <RefusalText error={save.error} />
    </section>
  )
}

function Remarks({ work }: { work: StudyWorkRecord }) {
  const { t } = useTranslation()
  const save = useWrite(withdrawRemark, { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) })
  return (
    <section className="card study-card">
      <h2>{t('study.remarks')}</h2>
      {work.remarks.map((remark) => (
        <Remark
          key={remark.id}
          remark={remark}
          act={
            <AskedAct
              verb={t('study.takeAway')}
              lead={t('study.takeAwayLead')}
              save={save}
              input={{ params: { id: remark.id }, body: {} }}
            />
          }
        />
      ))}
    </section>
  )
}
