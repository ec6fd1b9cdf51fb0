// The name by which the editor knows the live panel, also over reloads of its window.
export const viewType = "dkronMetrics.live";
