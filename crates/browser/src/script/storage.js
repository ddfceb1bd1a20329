// The storage of this document's origin.

F.storageRead = () => ({ local: Object.entries(localStorage), session: Object.entries(sessionStorage) });

F.storageWrite = (local, session) => {
  for (const [key, value] of local) localStorage.setItem(key, value);
  for (const [key, value] of session) sessionStorage.setItem(key, value);
};
