import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { TaskPartDesk } from '@tongxin/contract/tasks.parts'
import type { TaskStep } from '@tongxin/contract/tasks.words'
import { EmptyState, type TimelineEntry } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { PartActs } from './PartActs.tsx'
import { PartsTree } from './PartsTree.tsx'
import { partQuery } from './tasks.api.ts'
import { Latest, PartLamp, TextShown } from './words.tsx'
import './tasks.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(partQuery(params.id ?? ''))

function useTimeline(steps: readonly TaskStep[]): TimelineEntry[] {
  const { t } = useTranslation()
  return steps.map((step) => ({
    id: step.id,
    at: step.at,
    who: step.by,
    what: step.dueOn
      ? `${t(`words.tasks.step.${step.kind}`)} · ${t('tasks.until', { on: step.dueOn })}`
      : t(`words.tasks.step.${step.kind}`),
    cite: <Said step={step} />,
  }))
}
function Said({ step }: { step: TaskStep }) {
  return (
    <>
      {step.words ? <span className="tasks-text">{step.words}</span> : null}
      {step.files.map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
    </>
  )
}

const What = ({ record }: { record: TaskPartDesk }) => (
  <div className="tasks-part">
    <Latest steps={record.steps} />
    <TextShown text={record.text} />
  </div>
)

/** One part as a page: the text from above, what was passed on, and what happened. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(partQuery(params.id ?? ''))
  const { part, text, askedReason } = data
  return (
    <RecordPage
      trail={[{ label: t('tasks.parts'), path: paths.tasks.parts() }]}
      name={part.title}
      state={<PartLamp part={part} />}
      facts={[
        { label: t('tasks.asked'), value: part.personName ? `${part.orgName} · ${part.personName}` : part.orgName },
        { label: t('tasks.issuer'), value: `${part.issuerName} · ${text.madeBy}` },
        { label: t('tasks.dueOn'), value: part.dueOn },
        { label: t('tasks.role'), value: t(`words.tasks.role.${part.role}`) },
        ...(part.askedDueOn
          ? [{ label: t('tasks.askedDueOn'), value: `${part.askedDueOn} · ${askedReason ?? ''}` }]
          : []),
      ]}
      acts={<PartActs record={data} />}
      tabs={[
        { key: 'text', label: t('tasks.text'), body: <What record={data} /> },
        {
          key: 'below',
          label: t('tasks.passedOnCount', { count: part.passedOn }),
          body:
            data.passedOn.length === 0 ? (
              <EmptyState title={t('tasks.notPassedOn')}>{t('tasks.notPassedOnHint')}</EmptyState>
            ) : (
              <>
                {data.passedOn.map((task) => (
                  <section key={task.id} className="tasks-part">
                    <p className="hint">
                      {t('tasks.passedOnLine', { on: task.dueOn, done: task.counts.done, parts: task.counts.parts })}{' '}
                      <Link to={paths.tasks.one(task.id)}>{t('tasks.toTask')}</Link>
                    </p>
                    <PartsTree of={{ taskId: task.id }} />
                  </section>
                ))}
              </>
            ),
        },
      ]}
      timeline={useTimeline(data.steps)}
      search={search}
      setSearch={setSearch}
    />
  )
}
