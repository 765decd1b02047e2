export const listPayments = (): string[] => []
