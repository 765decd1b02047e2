import { useQuery } from '@tanstack/react-query'
import { TRANSFER_TABS, type TransferTab } from '@tongxin/contract/transfers.words'
import { useTranslation } from 'react-i18next'
import { countsQuery } from './transfers.api.ts'

/** The headings of the list with how many stand under each; nothing is said of a heading that cannot wait. */
export function TransferTabs({ tab, onChoose }: { tab: TransferTab; onChoose: (tab: TransferTab) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(countsQuery)
  const counts: Partial<Record<TransferTab, number>> = data ?? {}
  return (
    <nav className="transfer-tabs no-print" aria-label={t('transfers.tabs')}>
      {TRANSFER_TABS.map((one) => (
        <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => onChoose(one)}>
          {t(`transfers.tab.${one}`)}
          {counts[one] ? <span className="transfer-count">{counts[one]}</span> : null}
        </button>
      ))}
    </nav>
  )
}
