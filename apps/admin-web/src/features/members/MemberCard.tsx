import type { MemberRow } from '@tongxin/contract/members'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { RECORD_LAMPS } from './lamps.ts'
import { useMemberWords } from './use-member-words.ts'

const SHOWN = [
  'memberNo',
  'orgName',
  'category',
  'status',
  'sex',
  'ethnic',
  'bornOn',
  'education',
  'idNumber',
  'phone',
  'joinedOn',
  'convertedOn',
] as const

/** One member beside the list: what lists know, masked. */
export function MemberCard({ row }: { row: MemberRow }) {
  const { t } = useTranslation()
  const { word, valueText } = useMemberWords()
  return (
    <>
      <Lamp state={RECORD_LAMPS[row.recordState]}>{word('recordState', row.recordState)}</Lamp>
      <dl className="member-fields">
        {SHOWN.map((key) => (
          <div key={key}>
            <dt>{word('columns', key)}</dt>
            <dd>{valueText(key, row[key]) ?? t('ui.nothing')}</dd>
          </div>
        ))}
        <div>
          <dt>{t('members.completeness')}</dt>
          <dd>{`${row.completeness} %`}</dd>
        </div>
      </dl>
    </>
  )
}
