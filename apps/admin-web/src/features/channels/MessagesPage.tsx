import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { inShanghai } from '@tongxin/contract/audit.sentence'
import { OUT_STATES, type OutMessage, resendOutMessages } from '@tongxin/contract/channels'
import { Button, EmptyState, Lamp, RefusalText, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { CHANNELS, messagesQuery, outletsQuery } from './channels.api.ts'
import { useErrorWords } from './words.ts'

export const loader = ({ search, queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(messagesQuery(search)), queryClient.ensureQueryData(outletsQuery)])

const columns: Column<OutMessage>[] = [
  {
    key: 'createdAt',
    textKey: 'channels.at',
    render: (row) => inShanghai(row.createdAt),
    isSortable: true,
    width: 150,
  },
  { key: 'outlet', textKey: 'channels.outlet', render: (row) => row.outletName },
  { key: 'target', textKey: 'channels.target', render: (row) => row.target ?? '—' },
  { key: 'level', textKey: 'channels.level', render: (row) => <Level row={row} />, width: 80 },
  { key: 'state', textKey: 'channels.state', render: (row) => <State row={row} />, width: 130 },
  { key: 'tries', textKey: 'channels.tries', render: (row) => row.tries, isNumber: true, width: 80 },
  { key: 'error', textKey: 'channels.error', render: (row) => <Why row={row} /> },
]

/** What left the platform, or could not; never what it said. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const can = useCan()
  const outlets = useQuery(outletsQuery).data?.rows ?? []
  const query = useQuery(messagesQuery(search))
  const again = useWrite(resendOutMessages, {
    refreshes: [CHANNELS],
    onDone: ({ messages }) => say(t('channels.resent', { count: messages })),
  })
  return (
    <ListPage
      title={t('channels.log')}
      columns={columns}
      rowKey={(row) => row.id}
      query={query}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'outletId',
          label: t('channels.outlet'),
          kind: 'choice',
          options: outlets.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          key: 'state',
          label: t('channels.state'),
          kind: 'choice',
          options: OUT_STATES.map((value) => ({ value, label: t(`channels.messageStates.${value}`) })),
        },
      ]}
      lead={
        <>
          <p className="hint">{t('channels.logLead')}</p>
          <RefusalText error={again.error} />
        </>
      }
      empty={<EmptyState title={t('channels.logNone')}>{t('channels.logNoneLead')}</EmptyState>}
      primary={
        <Button
          {...can('settings.write')}
          isBusy={again.isPending}
          onClick={() => again.mutate({ body: search.outletId ? { outletId: search.outletId } : {} })}
        >
          {t('channels.resendFailed')}
        </Button>
      }
      bulk={[
        {
          key: 'resend',
          verb: t('channels.resend'),
          whyNot: can('settings.write').whyNot,
          question: (count) => t('channels.resendWhat', { count }),
          run: async (rows) => {
            const { messages } = await call(resendOutMessages, { body: { ids: rows.map(({ id }) => id) } })
            say(t('channels.resent', { count: messages }))
            await query.refetch()
          },
        },
      ]}
    />
  )
}

function Level({ row }: { row: OutMessage }) {
  const { t } = useTranslation()
  return t(`channels.levels.${row.level}`)
}

const LAMPS = { waiting: 'info', sent: 'ok', failed: 'late', given_up: 'idle' } as const
function State({ row }: { row: OutMessage }) {
  const { t } = useTranslation()
  return <Lamp state={LAMPS[row.state]}>{t(`channels.messageStates.${row.state}`)}</Lamp>
}

function Why({ row }: { row: OutMessage }) {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  if (!row.error) return null
  const next = row.nextAt ? t('channels.nextTry', { when: inShanghai(row.nextAt) }) : ''
  return `${errorWords(row.error)} ${next}`
}
