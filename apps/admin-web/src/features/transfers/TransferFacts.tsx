import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TransferRecord } from '@tongxin/contract/transfers'
import { ErrorState, Skeleton } from '@tongxin/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { transferQuery } from './transfers.api.ts'

/** What the letter says and what became of it, as the own side may see it. */
export function TransferFacts({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(transferQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return data ? <FactList one={data} /> : <Skeleton lines={8} />
}

function FactList({ one }: { one: TransferRecord }) {
  const { t } = useTranslation()
  const days = one.validDays === null ? null : t('transfers.days', { count: one.validDays })
  const contact = [one.contact.name, one.contact.phone, one.contact.fax, one.contact.postcode, one.contact.address]
    .filter(Boolean)
    .join(' · ')
  const facts: [string, ReactNode][] = [
    ['directionLabel', t(`transfers.direction.${one.direction}`)],
    ['kindLabel', t(`transfers.kind.${one.kind}`)],
    ['category', t(`words.members.category.${one.category}`)],
    ['memberNo', one.memberNo],
    ['from', one.fromName],
    ['to', one.toName],
    ['committee', one.committeeName],
    ['reason', one.reason],
    ['dues', one.duesPaidUntil],
    ['contact', contact],
    ['department', one.needsDepartment ? (one.departmentDocument ?? t('transfers.departmentNeeded')) : null],
    ['issuedOn', one.issuedOn],
    ['validity', [days, one.validUntil].filter(Boolean).join(' · ')],
    ['reportedOn', one.reportedOn],
    ['receivedOn', [one.receivedOn, one.receiptBy].filter(Boolean).join(' · ')],
    ['returnedReason', one.returnedReason],
    [
      'settlementLabel',
      one.settlement ? `${t(`transfers.settlement.${one.settlement}`)} · ${one.settledOn ?? ''}` : null,
    ],
    ['printed', one.printed > 0 ? t('transfers.times', { count: one.printed }) : null],
    ['letterNumber', one.letter ? `${one.letter.number} · ${one.letter.issuedOn}` : null],
    ['arrivedOn', one.letter?.arrivedOn ?? null],
    ['idNumber', one.incoming?.idNumber ?? null],
    ['joinedOn', one.incoming?.joinedOn ?? null],
    ['phone', one.incoming?.phone ?? null],
  ]
  return (
    <>
      <dl className="transfer-facts">
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([key, value]) => (
            <div key={key}>
              <dt>{t(`transfers.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Others one={one} />
    </>
  )
}

/** The record of the member, the letter before, the letter after. */
function Others({ one }: { one: TransferRecord }) {
  const { t } = useTranslation()
  // The record lies with one side at a time: with the receiving one after the receipt.
  const isThere = one.state === 'received' && one.direction === 'inside'
  const seesMember = one.memberId !== null && isThere === (one.side === 'receiving')
  const links: [string, string | null][] = [
    ['toMember', seesMember ? paths.members.one(one.memberId ?? '') : null],
    ['toOldLetter', one.renewsId ? paths.transfers.one(one.renewsId) : null],
    ['toNewLetter', one.renewedById ? paths.transfers.one(one.renewedById) : null],
  ]
  return (
    <p className="transfer-links no-print">
      {links.map(([key, path]) =>
        path ? (
          <Link key={key} to={path}>
            {t(`transfers.${key}`)}
          </Link>
        ) : null,
      )}
      {one.batchId ? (
        <Link to={paths.transfers.list()} search={{ tab: 'all', batchId: one.batchId } as never}>
          {t('transfers.toBatch')}
        </Link>
      ) : null}
    </p>
  )
}
