export async function list() {}
