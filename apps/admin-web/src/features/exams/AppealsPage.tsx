import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type AppealRow, answerAppeal } from '@tongxin/contract/exams.marking'
import { Button, EmptyState, Lamp, TextArea, TextInput } from '@tongxin/ui'
import { MessageCircleQuestion } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { appealsQuery } from './exams.api.ts'
import { useDone } from './words.tsx'
import './exams.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(appealsQuery(search))

function useColumns(): Column<AppealRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'examName', textKey: 'exams.examName', render: (row) => row.examName, width: 200 },
    { key: 'name', textKey: 'exams.name', render: (row) => row.name, width: 110 },
    { key: 'text', textKey: 'exams.appealText', render: (row) => row.text },
    {
      key: 'points',
      textKey: 'exams.points',
      render: (row) => t('exams.ofPeople', { n: row.newPoints ?? row.points, all: row.most }),
      isNumber: true,
      width: 90,
    },
    {
      key: 'answered',
      textKey: 'exams.state',
      render: (row) => (
        <Lamp state={row.answer ? 'ok' : 'warn'}>{t(row.answer ? 'exams.answered' : 'exams.waits')}</Lamp>
      ),
      width: 110,
    },
    { key: 'madeAt', textKey: 'exams.madeAt', render: (row) => row.madeAt.slice(0, 10), isSortable: true, width: 120 },
  ]
}

/** Appeals against marks, to be answered by somebody who did not give them. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const filters: Filter[] = [
    { key: 'text', label: t('exams.name'), kind: 'text' },
    {
      key: 'open',
      label: t('exams.state'),
      kind: 'choice',
      options: [
        { value: 'true', label: t('exams.waits') },
        { value: 'false', label: t('exams.answered') },
      ],
    },
  ]
  return (
    <ListPage
      title={t('exams.appeals')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(appealsQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={filters}
      drawer={(row) => ({ title: `${row.name} · ${row.examName}`, body: <Appeal appeal={row} /> })}
      empty={<EmptyState title={t('exams.noAppeals')} icon={<MessageCircleQuestion aria-hidden="true" />} />}
    />
  )
}

function Appeal({ appeal }: { appeal: AppealRow }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('exams.mark')
  const [isAnswering, setAnswering] = useState(false)
  return (
    <>
      <Facts
        facts={[
          { label: t('exams.stem'), value: appeal.stem },
          { label: t('exams.response'), value: appeal.response },
          { label: t('exams.points'), value: t('exams.ofPeople', { n: appeal.points, all: appeal.most }) },
          { label: t('exams.appealText'), value: appeal.text },
          ...(appeal.answer
            ? [
                { label: t('exams.answer'), value: appeal.answer },
                { label: t('exams.newPoints'), value: appeal.newPoints },
              ]
            : []),
        ]}
      />
      {appeal.answer ? null : (
        <Button kind="primary" whyNot={whyNot} onClick={() => setAnswering(true)}>
          {t('exams.act.answer')}
        </Button>
      )}
      {isAnswering ? <AnswerDialog appeal={appeal} onClose={() => setAnswering(false)} /> : null}
    </>
  )
}

function AnswerDialog({ appeal, onClose }: { appeal: AppealRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [points, setPoints] = useState(`${appeal.points}`)
  const send = useWrite(answerAppeal, useDone(onClose, 'exams.done.answer'))
  const given = /^\d{1,3}$/.test(points) ? Number(points) : null
  const range = { least: appeal.points, most: appeal.most }
  const isOutside = given === null || given < range.least || given > range.most
  return (
    <FormDialog
      title={t('exams.act.answer')}
      verb={t('exams.act.answer')}
      lead={t('exams.answerLead')}
      labels={{ '/body/text': t('exams.answer'), '/body/points': t('exams.points') }}
      whyNot={isOutside ? t('exams.pointsRange', range) : text.trim().length < 2 ? t('exams.fillFirst') : undefined}
      isBusy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() => send.mutate({ params: { id: appeal.id }, body: { text: text.trim(), points: given } })}
    >
      <TextInput
        label={t('exams.pointsAppealed', range)}
        inputMode="numeric"
        maxLength={3}
        value={points}
        onChange={setPoints}
      />
      <TextArea label={t('exams.answer')} required rows={4} maxLength={1000} value={text} onChange={setText} />
    </FormDialog>
  )
}
