import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type TaskRecord, withdrawTask } from '@tongxin/contract/tasks'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { PartsTree } from './PartsTree.tsx'
import { Glance } from './TasksPage.tsx'
import { taskQuery } from './tasks.api.ts'
import { useDone } from './use-done.ts'
import { TextShown } from './words.tsx'
import './tasks.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(taskQuery(params.id ?? ''))

const LAMPS = { open: 'info', finished: 'ok', withdrawn: 'idle' } as const

/** One task as the unit that asks sees it: who is how far, down to those to whom it was passed on. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data: task } = useSuspenseQuery(taskQuery(params.id ?? ''))
  const { counts } = task
  return (
    <RecordPage
      trail={[{ label: t('tasks.title'), path: paths.tasks.list() }]}
      name={task.title}
      state={<Lamp state={LAMPS[task.state]}>{t(`words.tasks.taskState.${task.state}`)}</Lamp>}
      facts={[
        { label: t('tasks.issuer'), value: `${task.orgName} · ${task.madeBy}` },
        { label: t('tasks.dueOn'), value: task.dueOn },
        { label: t('tasks.progress'), value: `${counts.done} / ${counts.parts - counts.withdrawn}` },
        ...(task.reason ? [{ label: t('tasks.reason'), value: task.reason }] : []),
      ]}
      acts={<Acts task={task} />}
      tabs={[
        { key: 'parts', label: t('tasks.whoIsHowFar'), body: <PartsTree of={{ taskId: task.id }} /> },
        { key: 'counts', label: t('tasks.counts'), body: <Glance task={task} /> },
        { key: 'text', label: t('tasks.text'), body: <TextShown text={task.text} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}

function Acts({ task }: { task: TaskRecord }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('tasks.write')
  const withdraw = useWrite(withdrawTask, useDone())
  return (
    <div className="tasks-acts">
      <Link className="tx-button" to={paths.tasks.parts()} search={{ taskId: task.id } as never}>
        {t('tasks.toParts')}
      </Link>
      {task.state === 'open' ? (
        <AskedAct
          verb={t('tasks.withdraw')}
          lead={t('tasks.withdrawLead')}
          reasonLabel={t('tasks.reason')}
          isDanger
          whyNot={whyNot}
          save={withdraw}
          input={(reason) => ({ params: { id: task.id }, body: { reason } })}
        />
      ) : null}
    </div>
  )
}
