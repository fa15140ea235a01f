// What the page asks of its server.

async function post(address, body) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error((await reply.json()).problem);
  return reply;
}

export const getState = async () => (await fetch("/state")).json();
export const postChange = async (asked) => (await post("/change", asked)).json();
export const postRoute = (side, route) => post(`/at/${side}`, { route });

// Puts a file with the browser's downloads.
export async function download(address) {
  const reply = await post(address, {});
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition"))[1];
  link.click();
  URL.revokeObjectURL(link.href);
}
