await on('/Motor/Motor');
return $id('HdnProductCode').value;
