/**
 * Uploads `input` with tus-js-client. Tells `say` a line for each answer (method, offset that was sent,
 * status), and in the end `done URL` or `failed REASON`.
 */
export async function run(tus, input, { resume, ...options }, say) {
  const upload = new tus.Upload(input, {
    ...options,
    onAfterResponse(request, response) {
      const offset = request.getHeader('Upload-Offset') ?? '-';
      say(`${request.getMethod()} ${offset} ${response.getStatus()}`);
    },
    onSuccess: () => say(`done ${upload.url}`),
    onError: (error) => say(`failed ${error}`),
  });
  if (resume) {
    const previous = await upload.findPreviousUploads();
    if (previous.length !== 1) {
      say(`failed: ${previous.length} previous uploads`);
      return upload;
    }
    upload.resumeFromPreviousUpload(previous[0]);
  }
  upload.start();
  return upload;
}
