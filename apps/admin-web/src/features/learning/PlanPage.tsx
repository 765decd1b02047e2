import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { closePlan, type PlanRecord, publishPlan, remindPlan } from '@tongxin/contract/learning.plans'
import { Button, EmptyState, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { planQuery } from './learning.api.ts'
import { PlanDialog } from './PlanDialog.tsx'
import { PeopleTab, UnitsTab } from './PlanPeople.tsx'
import { useDone } from './use-done.ts'
import { hoursOf, PlanLamp, percentOf, Share, useAudienceWords } from './words.tsx'
import './learning.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(planQuery(params.id ?? ''))

/** One plan: its courses, who has not finished, unit by unit. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const audience = useAudienceWords()
  const { data: plan } = useSuspenseQuery(planQuery(params.id ?? ''))
  const isOut = plan.state !== 'draft'
  return (
    <RecordPage
      trail={[{ label: t('learning.plans'), path: paths.learning.plans() }]}
      name={plan.title}
      seal={plan.year % 100}
      state={<PlanLamp state={plan.state} />}
      facts={[
        { label: t('learning.audience'), value: audience(plan.audience) },
        { label: t('learning.nextDue'), value: plan.dueOn ?? '—' },
        { label: t('learning.finishedOf'), value: <Share part={plan.finished} whole={plan.people} /> },
        { label: t('learning.rate'), value: percentOf(plan.finished, plan.people) },
      ]}
      acts={<PlanActs plan={plan} />}
      search={search}
      setSearch={setSearch}
      tabs={[
        { key: 'courses', label: t('learning.coursesOfPlan'), body: <Courses plan={plan} /> },
        ...(isOut
          ? [
              { key: 'units', label: t('learning.tab.units'), body: <UnitsTab plan={plan} /> },
              { key: 'people', label: t('learning.tab.people'), body: <PeopleTab plan={plan} /> },
            ]
          : []),
      ]}
    />
  )
}

function Courses({ plan }: { plan: PlanRecord }) {
  const { t } = useTranslation()
  if (plan.rows.length === 0)
    return <EmptyState title={t('learning.planEmpty')}>{t('learning.planEmptyHint')}</EmptyState>
  return (
    <>
      {plan.note ? <p>{plan.note}</p> : null}
      <table className="learning-table">
        <caption className="tx-hidden">{t('learning.coursesOfPlan')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('learning.course')}</th>
            <th scope="col">{t('learning.required')}</th>
            <th scope="col">{t('learning.hours')}</th>
            <th scope="col">{t('learning.dueOn')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row) => (
            <tr key={row.courseId}>
              <th scope="row">
                <Link to={paths.learning.course(row.courseId)}>{row.title}</Link>
                {row.courseState === 'live' ? null : (
                  <small className="hint"> {t(`words.learning.courseState.${row.courseState}`)}</small>
                )}
              </th>
              <td>{t(`words.learning.required.${row.isRequired ? 'yes' : 'no'}`)}</td>
              <td>{hoursOf(row.quarters)}</td>
              <td>{row.dueOn ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

type Asked = 'change' | 'publish' | 'close' | 'remind' | null

function PlanActs({ plan }: { plan: PlanRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { can } = plan
  const onClose = () => setAsked(null)
  return (
    <>
      {can.close ? <Button onClick={() => setAsked('close')}>{t('learning.act.closePlan')}</Button> : null}
      {can.write ? <Button onClick={() => setAsked('change')}>{t('learning.act.changePlan')}</Button> : null}
      {can.publish ? (
        <Button kind="primary" onClick={() => setAsked('publish')}>
          {t('learning.act.publish')}
        </Button>
      ) : null}
      {can.remind ? (
        <Button kind="primary" onClick={() => setAsked('remind')}>
          {t('learning.act.remind')}
        </Button>
      ) : null}
      {asked === 'change' ? <PlanDialog plan={plan} onClose={onClose} /> : null}
      {asked === 'publish' ? <PublishDialog plan={plan} onClose={onClose} /> : null}
      {asked === 'close' ? <CloseDialog plan={plan} onClose={onClose} /> : null}
      {asked === 'remind' ? <RemindDialog plan={plan} onClose={onClose} /> : null}
    </>
  )
}

type Props = { plan: PlanRecord; onClose: () => void }

function PublishDialog({ plan, onClose }: Props) {
  const { t } = useTranslation()
  const save = useWrite(publishPlan, useDone(onClose, 'learning.said.publish'))
  return (
    <FormDialog
      title={t('learning.act.publish')}
      verb={t('learning.act.publish')}
      lead={t('learning.sure.publish', { people: plan.people })}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: plan.id }, body: {}, ifMatch: plan.version })}
    />
  )
}

function CloseDialog({ plan, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(closePlan, useDone(onClose, 'learning.said.closePlan'))
  return (
    <FormDialog
      title={t('learning.act.closePlan')}
      verb={t('learning.act.closePlan')}
      lead={t('learning.sure.closePlan')}
      isDanger
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: plan.id }, body: { reason: reason.trim() }, ifMatch: plan.version })}
    >
      <TextArea label={t('learning.reason')} required rows={3} maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function RemindDialog({ plan, onClose }: Props) {
  const { t } = useTranslation()
  const save = useWrite(remindPlan, useDone(onClose, 'learning.said.remind'))
  return (
    <FormDialog
      title={t('learning.act.remind')}
      verb={t('learning.act.remind')}
      lead={t('learning.sure.remind', { people: plan.people - plan.finished })}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: plan.id }, body: { memberIds: null } })}
    />
  )
}
