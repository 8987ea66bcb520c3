/** What somebody who knows the parish would try first; besides the common passwords, names and words of English. */
export const parishWords: readonly string[] = [
  ...['epistle', 'securus', 'emessaging', 'parish', 'church', 'chapel', 'cathedral', 'diocese', 'diocesan', 'ministry', 'prison', 'jail', 'letters'],
  ...['volunteer', 'coordinator', 'priest', 'father', 'deacon', 'bishop', 'pastor', 'sister', 'brother', 'rosary', 'psalm', 'gospel', 'mercy', 'grace'],
  ...['advent', 'christmas', 'easter', 'lent', 'pentecost', 'amen', 'alleluia', 'hallelujah', 'hosanna', 'emmanuel', 'jesus', 'christ', 'holyspirit'],
  ...['saint', 'stmary', 'stjoseph', 'stjohn', 'stpeter', 'stpaul', 'stanthony', 'stjude', 'stfrancis', 'stclare', 'stbrigid', 'stpatrick', 'stdismas'],
  ...['mary', 'maria', 'joseph', 'john', 'peter', 'paul', 'anthony', 'jude', 'francis', 'clare', 'brigid', 'patrick', 'dismas', 'therese', 'teresa'],
  ...['michael', 'gabriel', 'raphael', 'matthew', 'mark', 'luke', 'thomas', 'james', 'andrew', 'stephen', 'martin', 'nicholas', 'christopher'],
  ...['vincent', 'dominic', 'benedict', 'bernadette', 'cecilia', 'catherine', 'monica', 'augustine', 'ignatius', 'kolbe', 'guadalupe', 'lourdes', 'fatima']
]
