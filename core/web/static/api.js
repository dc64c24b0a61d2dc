// Shows the REST document by Swagger UI, whose own script stands before this one.
const place = document.getElementById("document");
window.SwaggerUIBundle({ url: place.dataset.address, domNode: place, deepLinking: true });
