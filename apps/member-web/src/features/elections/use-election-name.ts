import type { MyElection } from '@tongxin/contract/elections.own'
import { useTranslation } from 'react-i18next'

/** 第三届换届选举, or only the kind where the number of the committee is not known. */
export function useElectionName(): (row: Pick<MyElection, 'kind' | 'ordinal'>) => string {
  const { t } = useTranslation()
  return ({ kind, ordinal }) =>
    ordinal === null ? t(`elections.kindOf.${kind}`) : t(`elections.named.${kind}`, { n: ordinal })
}
