// Calls to the server: busy sign, session expiry, handled and unhandled failures.
(() => {
  const isFeed = (url) => url.toLowerCase().includes("api/master");
  let busyCount = 0;

  function busy(change) {
    busyCount += change;
    const sign = Portal.byId("divBusyIndicator");
    if (sign) sign.style.display = busyCount > 0 ? "block" : "none";
  }

  Portal.send = (method, url, body) => {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      if (Portal.config.check) request.setRequestHeader("X-IMD-Page", Portal.config.check.page);
      if (typeof body === "string") {
        request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
      }
      request.onload = () => done(request);
      request.onerror = () => done(request);
      request.send(body);
    });
  };

  // What the site does with every failed call. True when the answer may be used.
  function isUsable(request) {
    if (request.status === 200) return true;
    if (request.status === 401) {
      window.top.location.href = "/Login/IMDLogin";
    } else if (request.status === 789) {
      const fallback = "Some Error has Occurred in the system. Please contact administrator";
      Portal.errors([{ text: request.statusText.trim() || fallback }]);
    } else if (request.status === 0) {
      alert("Not connect. Verify Network.");
    } else {
      Portal.errors([{ text: "Internal error ocurred" }]);
    }
    return false;
  }

  // The answer's text, or null when the call failed and the user has been told.
  Portal.call = async (method, url, data) => {
    const feed = isFeed(url);
    window.jQuery.active += 1;
    if (!feed) busy(1);
    try {
      // Nothing is called before the page has shown whose it is.
      if (Portal.known) await Portal.known;
      const request = await Portal.send(method, url, data);
      return isUsable(request) ? request.responseText : null;
    } finally {
      window.jQuery.active -= 1;
      if (!feed) busy(-1);
    }
  };

  Portal.get = (url, query = {}) => {
    const encoded = new URLSearchParams(query).toString();
    return Portal.call("GET", encoded ? `${url}?${encoded}` : url);
  };

  Portal.getJson = async (url, query) => {
    const text = await Portal.get(url, query);
    return text === null ? null : JSON.parse(text);
  };

  Portal.post = (url, form) => {
    const data = form instanceof HTMLFormElement ? new FormData(form) : form;
    return Portal.call("POST", url, new URLSearchParams(data).toString());
  };

  Portal.postJson = async (url, form) => {
    const text = await Portal.post(url, form);
    return text === null ? null : JSON.parse(text);
  };
})();
