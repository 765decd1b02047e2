import { useQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { AttendanceRow } from '@tongxin/contract/meetings.figures'
import { exportAttendance } from '@tongxin/contract/meetings.year'
import { EmptyState, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { attendanceQuery, thisYear } from './life.api.ts'
import { PurposeButton } from './PurposeDialog.tsx'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(attendanceQuery(search))

const BELOW = ['60', '80', '90'] as const
const GOOD = 80

function columnsOf(): Column<AttendanceRow>[] {
  const number = (key: 'called' | 'present' | 'late' | 'onLeave' | 'absent'): Column<AttendanceRow> => ({
    key,
    textKey: `meetings.att.${key}`,
    isNumber: true,
    render: (row) => row[key],
    width: 90,
    total: (rows) => rows.reduce((sum, row) => sum + row[key], 0),
  })
  return [
    { key: 'name', textKey: 'meetings.person', render: (row) => row.name, isSortable: true, width: 130 },
    { key: 'org', textKey: 'meetings.branch', render: (row) => row.orgName },
    number('called'),
    number('present'),
    number('late'),
    number('onLeave'),
    number('absent'),
    {
      key: 'rate',
      textKey: 'meetings.rate',
      render: (row) => (
        <Lamp state={row.rate === null ? 'idle' : row.rate >= GOOD ? 'ok' : 'warn'}>
          {row.rate === null ? '—' : `${row.rate}%`}
        </Lamp>
      ),
      width: 110,
    },
  ]
}

/** Per member: called, present, late, on leave, absent. Make-up study does not count as presence. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { orgId, belowRate } = search
  const heldFrom = search.heldFrom || `${thisYear()}-01-01`
  const heldTo = search.heldTo || `${thisYear()}-12-31`
  return (
    <ListPage
      title={t('meetings.att.title')}
      columns={columnsOf()}
      rowKey={(row) => row.memberId}
      query={useQuery(attendanceQuery(search))}
      search={search}
      setSearch={setSearch}
      primary={
        <PurposeButton
          verb={t('meetings.att.export')}
          onTake={(purpose, language) =>
            download(exportAttendance, {
              body: {
                heldFrom,
                heldTo,
                ...(orgId ? { orgId } : {}),
                ...(belowRate ? { belowRate: Number(belowRate) } : {}),
                purpose,
                language,
              },
            })
          }
        />
      }
      filters={[
        { key: 'orgId', label: t('meetings.branch'), kind: 'organisation' },
        { key: 'held', label: t('meetings.when'), kind: 'dates' },
        {
          key: 'belowRate',
          label: t('meetings.att.below'),
          kind: 'choice',
          options: BELOW.map((value) => ({ value, label: `${value}%` })),
        },
      ]}
      empty={<EmptyState title={t('meetings.att.none')}>{t('meetings.att.noneHint')}</EmptyState>}
    />
  )
}
